#include "access/ground.h"

#include "base/err.h"

#define OSL \
	{ \
		2009, 6, 30 \
	} /* OSL 2009:400 came into force */
#define SOL \
	{ \
		2025, 7, 1 \
	} /* SoL 2025:400 came into force */
#define OLD_SOL \
	{ \
		2002, 1, 1 \
	} /* SoL 2001:453 */
#define ON \
	{ \
		0, 0, 0 \
	}

/*
 * From the consolidated statutes of 2026-04-27 (sweden.md section 5). First days are those of the
 * act unless a rule's own is known there. [G]: the old act's section is general knowledge, kept so
 * that what was done on it before July 2025 has a name.
 */
static const struct ground_row rows[] = {
	{ GROUND_OWN, "OSL 12:1", OSL, ON }, { GROUND_WAIVER, "OSL 10:1, 12:2, 12:3", OSL, ON },
	{ GROUND_GUARDIAN, "OSL 12:3, FB 6:11", OSL, ON }, { GROUND_OWN_TASK, "OSL 10:2", OSL, ON },
	{ GROUND_TECH, "OSL 10:2 a", { 2023, 7, 1 }, ON }, /* [G] SFS 2023:183 */
	{ GROUND_GENERAL, "OSL 10:27", OSL, ON }, { GROUND_DUTY, "OSL 10:28", OSL, ON },
	{ GROUND_HEALTH_U18, "OSL 25:12", OSL, ON }, { GROUND_SOCIAL_U18, "OSL 26:9", OSL, ON },
	{ GROUND_PUPIL_HEALTH, "OSL 25:13 a", OSL, ON },
	{ GROUND_REPORT, "SoL (2001:453) 14:1 + OSL 10:28", OLD_SOL, { 2025, 6, 30 } }, /* [G] */
	{ GROUND_REPORT, "SoL 19:1 + OSL 10:28", SOL, ON },
	{ GROUND_INVESTIGATION, "SoL (2001:453) 14:1 + OSL 10:28", OLD_SOL,
	    { 2025, 6, 30 } }, /* [G] */
	{ GROUND_INVESTIGATION, "SoL 20:6 + OSL 10:28", SOL, ON },
	{ GROUND_FEEDBACK, "SoL 19:6, OSL 26:9 a", { 2026, 1, 15 }, ON }, /* SFS 2025:1495 (1.47) */
	{ GROUND_ABSENCE_GUARDIAN, "Skollag 7:17", { 2011, 7, 1 },
	    ON },                                                    /* SkolL 2010:800 applied */
	{ GROUND_ABSENCE_HOME, "Skollag 7:22", { 2018, 7, 1 }, ON }, /* [G] with 7:19 a */
	{ GROUND_CRIME_VS_CHILD, "OSL 10:21", OSL, ON },
	{ GROUND_CRIME_PREVENT, "OSL 10:18 a", { 2013, 1, 1 }, ON }, /* [G] */
};

static const char *const codes[] = {
#define X(name) #name,
	GROUNDS(X)
#undef X
};

const char *ground_code(enum ground g)
{
	must((unsigned)g < GROUND_COUNT);
	return g == GROUND_NONE ? "" : codes[g];
}

const char *ground_message(enum ground g)
{
	static const char *const keys[] = { "ground_none", "ground_own", "ground_waiver",
		"ground_guardian", "ground_own_task", "ground_tech", "ground_general",
		"ground_duty", "ground_health_u18", "ground_social_u18", "ground_pupil_health",
		"ground_report", "ground_investigation", "ground_feedback",
		"ground_absence_guardian", "ground_absence_home", "ground_crime_vs_child",
		"ground_crime_prevent" };

	must((unsigned)g < GROUND_COUNT);
	return keys[g];
}

bool ground_of_code(struct str code, enum ground *out)
{
	for (int i = 0; i < GROUND_COUNT; i++) {
		if (str_eq(code, str_of(ground_code((enum ground)i)))) {
			*out = (enum ground)i;
			return true;
		}
	}
	return false;
}

const struct ground_row *ground_on(enum ground g, struct date day)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].ground == g && date_cmp(rows[i].from, day) <= 0 &&
		    (!date_known(rows[i].to) || date_cmp(day, rows[i].to) <= 0))
			return &rows[i];
	}
	return NULL;
}

bool ground_in_force(enum ground g, struct date day)
{
	return ground_on(g, day) != NULL;
}

struct date ground_read_on(void)
{
	return (struct date){ 2026, 4, 27 };
}
