#ifndef DOOR_VIEWS_H
#define DOOR_VIEWS_H

#include "web/web.h"

struct door_lang {
	struct str tag, name;
	bool here;
};

struct door_languages {
	struct {
		struct door_lang *v;
		size_t n;
	} langs;
};

#endif
