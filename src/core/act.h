/*
 * What a person can do, one code each: route tables, permits and the book of looks all speak of
 * acts. An act says who may ever do it and about whom; access/ decides whether this person may,
 * now.
 */
#ifndef CORE_ACT_H
#define CORE_ACT_H

#include "base/str.h"

/* Kinds of user, as bits. */
enum user {
	U_PUBLIC = 1, /* anybody, signed in or not */
	U_GUARDIAN = 2,
	U_YOUTH = 4,  /* the child itself */
	U_CARER = 8,  /* family home, god man */
	U_STAFF = 16, /* professional, with an engagement for the child where the act has one */
	U_MANAGER = 32,
	U_ADMIN = 64,
	U_FAMILY = U_GUARDIAN | U_YOUTH | U_CARER,
	U_SIGNED_IN = U_FAMILY | U_STAFF | U_MANAGER | U_ADMIN,
};

/* About whom. */
enum subject {
	SUBJECT_NONE,  /* nobody: no personal data, not recorded */
	SUBJECT_SELF,  /* what is the actor's own: lists, settings; each child shown is recorded */
	SUBJECT_CHILD, /* one child, named by {child} or by what belongs to it in the path */
	SUBJECT_UNIT,  /* the actor's unit: counts and staff, never content */
};

/* name, code, writes, users, subject */
#define ACT_TABLE(X) \
	X(PUBLIC, "public", 0, U_PUBLIC, NONE) \
	X(DEMO_ENTER, "demo.enter", 1, U_PUBLIC, NONE) \
	X(SIGN_OUT, "sign.out", 1, U_PUBLIC, NONE) \
	X(LANGUAGE, "language", 1, U_PUBLIC, NONE) \
	X(HOME_READ, "home.read", 0, U_FAMILY, SELF) \
	X(PLAN_READ, "plan.read", 0, U_FAMILY, CHILD) \
	X(TIMELINE_READ, "timeline.read", 0, U_FAMILY, CHILD) \
	X(STEP_DONE, "step.done", 1, U_FAMILY | U_STAFF, CHILD) \
	X(STEP_EDIT, "step.edit", 1, U_STAFF, CHILD) \
	X(STEP_HOW, "step.how", 1, U_YOUTH, CHILD) \
	X(LETTER_READ, "letter.read", 0, U_FAMILY | U_STAFF, CHILD) \
	X(LETTER_WRITE, "letter.write", 1, U_FAMILY, CHILD) \
	X(LETTER_ANSWER, "letter.answer", 1, U_STAFF, CHILD) \
	X(DISAGREE, "disagree", 1, U_FAMILY, CHILD) \
	X(VOICE_READ, "voice.read", 0, U_YOUTH | U_STAFF, CHILD) \
	X(VOICE_WRITE, "voice.write", 1, U_YOUTH | U_STAFF, CHILD) \
	X(CHILD_NAME, "child.name", 1, U_GUARDIAN | U_YOUTH, CHILD) \
	X(STORY_READ, "story.read", 0, U_FAMILY | U_STAFF, CHILD) \
	X(STORY_WRITE, "story.write", 1, U_FAMILY, CHILD) \
	X(HAND_ON, "hand_on", 1, U_FAMILY, CHILD) \
	X(LOOKS_READ, "looks.read", 0, U_FAMILY, CHILD) \
	X(WAIVER_READ, "waiver.read", 0, U_FAMILY | U_STAFF, CHILD) \
	X(WAIVER_ANSWER, "waiver.answer", 1, U_GUARDIAN | U_YOUTH, CHILD) \
	X(WAIVER_ASK, "waiver.ask", 1, U_STAFF, CHILD) \
	X(INVITATION_ANSWER, "invitation.answer", 1, U_GUARDIAN | U_YOUTH, CHILD) \
	X(WORK_READ, "work.read", 0, U_STAFF | U_MANAGER, SELF) \
	X(WORK_SAVE, "work.save", 1, U_STAFF, SELF) \
	X(CHILD_FIND, "child.find", 1, U_STAFF, SELF) \
	X(CHILD_SHOW, "child.show", 0, U_STAFF, CHILD) \
	X(CHILD_REGISTER, "child.register", 1, U_STAFF, SELF) \
	X(CHILD_CORRECT, "child.correct", 1, U_STAFF, CHILD) \
	X(ENGAGEMENT_EDIT, "engagement.edit", 1, U_STAFF | U_MANAGER, CHILD) \
	X(PLAN_START, "plan.start", 1, U_STAFF, CHILD) \
	X(PLAN_EDIT, "plan.edit", 1, U_STAFF, CHILD) \
	X(PLAN_CLOSE, "plan.close", 1, U_STAFF, CHILD) \
	X(THREAD_EDIT, "thread.edit", 1, U_STAFF, CHILD) \
	X(MEASURE_EDIT, "measure.edit", 1, U_STAFF, CHILD) \
	X(PAPER_READ, "paper.read", 0, U_STAFF | U_MANAGER, CHILD) \
	X(PAPER_ANSWER, "paper.answer", 1, U_STAFF | U_MANAGER, CHILD) \
	X(DISCLOSE, "disclose", 1, U_STAFF, CHILD) \
	X(HANDOVER_ASK, "handover.ask", 1, U_STAFF | U_MANAGER, CHILD) \
	X(HANDOVER_ANSWER, "handover.answer", 1, U_STAFF, SELF) \
	X(TASK_READ, "task.read", 0, U_STAFF | U_MANAGER, SELF) \
	X(TASK_ANSWER, "task.answer", 1, U_STAFF | U_MANAGER, SELF) \
	X(JOURNAL_COPY, "journal.copy", 0, U_STAFF, CHILD) \
	X(UNIT_READ, "unit.read", 0, U_MANAGER, UNIT) \
	X(UNIT_EDIT, "unit.edit", 1, U_MANAGER, UNIT) \
	X(ADMIN_READ, "admin.read", 0, U_ADMIN, SELF) \
	X(ADMIN_EDIT, "admin.edit", 1, U_ADMIN, SELF) \
	X(QUARANTINE_READ, "quarantine.read", 0, U_ADMIN, SELF) \
	X(QUARANTINE_ANSWER, "quarantine.answer", 1, U_ADMIN, SELF)

enum act {
#define X(name, code, writes, users, subject) ACT_##name,
	ACT_TABLE(X)
#undef X
	    ACT_COUNT
};

struct act_info {
	const char *code;
	bool writes;
	unsigned users; /* bits of enum user */
	enum subject subject;
};

const struct act_info *act_info(enum act act);

#endif
