/* Letters: a family member's own words to one reader, "this is not right", and handing on. */
#ifndef LETTER_WEB_H
#define LETTER_WEB_H

#include "web/web.h"

extern const struct route letter_routes[];

/* letter_write.c */
enum err letter_write_page(struct request *rq, struct response *rs);
enum err letter_send_form(struct request *rq, struct response *rs);
enum err letter_disagree_page(struct request *rq, struct response *rs);
enum err letter_disagree_send(struct request *rq, struct response *rs);
/* letter_hand_on.c */
enum err letter_hand_on_page(struct request *rq, struct response *rs);
enum err letter_hand_on_send(struct request *rq, struct response *rs);
enum err letter_out_page(struct request *rq, struct response *rs);

#endif
