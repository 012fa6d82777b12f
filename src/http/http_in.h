/* Inside this room: what the parsers share. */
#ifndef HTTP_HTTP_IN_H
#define HTTP_HTTP_IN_H

#include "http/http.h"

/* Takes "%C3%A4" apart into *out, in mem; plus: '+' is a space. ERR_INVALID: bad escape, or the
 * result is not clean UTF-8 (NUL and overlong forms are not). */
enum err http_unescape(struct arena *mem, struct str s, bool plus, struct str *out);
/* White space of a header line (space, tab) off both ends. */
struct str http_trim(struct str s);
/* Equal but for the case of ASCII letters. */
bool http_same_word(struct str a, struct str b);
/* A token (RFC 9110 5.6.2): the name of a header or a cookie. Bytes over 0x7f are none. */
bool http_is_token(struct str s);
/* The value of parameter name in "type/sub; name=value; other=\"va\\\"lue\"" (RFC 9110 5.6.6), in
 * mem; p == NULL: not there. ERR_INVALID: a quoted text does not end, or the name comes twice. */
enum err http_parameter(struct arena *mem, struct str header, struct str name, struct str *out);
/* The type alone ("text/html") without its parameters. */
struct str http_media_type(struct str header);

#endif
