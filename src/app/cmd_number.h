/* `tillsammans number FILE`: are these Swedish numbers? */
#ifndef APP_CMD_NUMBER_H
#define APP_CMD_NUMBER_H

/* argv[0] is "number". Prints for each line NUMBER, valid or invalid, and its kind or the reason,
 * tabs between. 0: the file was read; 1: it can't be read; 2: wrong usage. */
int cmd_number(int argc, char **argv);

#endif
