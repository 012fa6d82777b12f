/* Gives out test numbers, each once. What is left without gets a school's temporary number (SS
 * 12000: the birthday, TF, two digits), which can't be anybody's either. */
#include <string.h>

#include "core/number.h"
#include "feat/demo/demo_in.h"

#define NUMBER 12
#define YOUNG_FIRST 2006
#define YOUNG_YEARS 18
#define YOUNG_A_YEAR 60
#define OLD_FIRST 1976
#define OLD_YEARS 27
#define OLD_A_YEAR 40
#define DAYS (366 * 20)

struct numbers {
	bool young[YOUNG_YEARS * YOUNG_A_YEAR], old[OLD_YEARS * OLD_A_YEAR];
	bool none_left[2][128]; /* of that age */
	uint8_t temporary[DAYS];
};

struct numbers *numbers_new(struct arena *mem)
{
	return arena_new(mem, struct numbers);
}

static struct date born_of(const char *number)
{
	struct date d = { 0 };

	d.y = (int16_t)((number[0] - '0') * 1000 + (number[1] - '0') * 100 +
			(number[2] - '0') * 10 + number[3] - '0');
	d.m = (int8_t)((number[4] - '0') * 10 + number[5] - '0');
	d.d = (int8_t)((number[6] - '0') * 10 + number[7] - '0');
	return d;
}

static struct str from_table(
    struct numbers *n, struct rnd *r, struct date today, int age, bool child, struct date *born)
{
	const char *table = child ? demo_numbers_young : demo_numbers_old;
	bool *used = child ? n->young : n->old;
	int first = child ? YOUNG_FIRST : OLD_FIRST, years = child ? YOUNG_YEARS : OLD_YEARS;
	int each = child ? YOUNG_A_YEAR : OLD_A_YEAR, year = today.y - age - first;
	int start = rnd_below(r, each);

	if (age < 0 || age > 127 || n->none_left[child][age])
		return (struct str){ 0 };
	for (int y = year; y >= year - 1; y--) {
		for (int i = 0; y >= 0 && y < years && i < each; i++) {
			int at = y * each + (start + i) % each;
			struct date d = born_of(table + (size_t)at * NUMBER);

			if (used[at] || age_years(d, today) != age)
				continue;
			used[at] = true;
			*born = d;
			return (struct str){ table + (size_t)at * NUMBER, NUMBER };
		}
	}
	n->none_left[child][age] = true;
	return (struct str){ 0 };
}

struct str numbers_take(struct numbers *n, struct rnd *r, struct arena *mem, struct date today,
    int age, bool child, struct date *born)
{
	struct str number = from_table(n, r, today, age, child, born);
	struct date birthday = date_add_months(today, -12 * age);
	int day;

	if (number.n)
		return number;
	*born = date_add_days(birthday, -rnd_below(r, 360) - (age == 0 ? 0 : 1));
	if (!child)
		return (struct str){ 0 };
	day = date_days_between((struct date){ (int16_t)(today.y - 19), 1, 1 }, *born);
	if (day < 0 || day >= DAYS || n->temporary[day] > 99)
		return (struct str){ 0 };
	return str_fmt(mem, "%04d%02d%02dTF%02d", born->y, born->m, born->d, n->temporary[day]++);
}
