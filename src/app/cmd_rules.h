/* `tillsammans rules FILE`: a table of law cases judged by the rule engine. */
#ifndef APP_CMD_RULES_H
#define APP_CMD_RULES_H

/* argv[0] is "rules". Prints id, decision, ground and reason of each row, tabs between. 0: all read
 * and as expected; 1: differences, or a table that can't be read (told on standard error); 2: wrong
 * usage. */
int cmd_rules(int argc, char **argv);

#endif
