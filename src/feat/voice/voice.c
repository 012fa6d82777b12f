#include "feat/voice/voice.h"

#include "q_voice.h"

enum err voice_climbed(
    struct db *db, const struct permit *permit, struct voice_id voice, int64_t rung)
{
	return q_voice_rung(db, permit, voice, rung);
}
