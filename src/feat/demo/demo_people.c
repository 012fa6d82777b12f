/* `tillsammans demo people`: who one can be, for people and for programs (docs/surface.md). */
#include "feat/demo/demo_make.h"
#include "json/json.h"
#include "q_demo.h"

