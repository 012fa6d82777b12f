/* `tillsammans looks verify | export | key | witness`: the book of looks, held to account. */
#ifndef APP_CMD_LOOKS_H
#define APP_CMD_LOOKS_H

/* argv[0] is "looks". 0: nothing found; 1: findings, one a line on standard output; 2: wrong usage;
 * 3: the book, a key or a witness can't be read. */
int cmd_looks(int argc, char **argv);

#endif
