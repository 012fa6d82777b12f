#include "assets.h"
#include "app/app.h"

bool app_asset(struct http_exchange *x)
{
	const struct asset *a = NULL;
	bool packed;

	for (size_t i = 0; i < assets_n && !a; i++)
		if (str_eq(x->rq.path, str_of(assets[i].path)))
			a = &assets[i];
	if (!a)
		return false;
	packed = a->gzip && str_has(x->rq.accept_encoding, S("gzip"));
	x->rs.status = 200;
	x->rs.content_type = str_of(a->type);
	x->rs.is_static = true;
	http_header(&x->rs, S("ETag"), str_of(a->etag));
	http_header(&x->rs, S("Vary"), S("Accept-Encoding"));
	if (str_eq(x->rq.if_none_match, str_of(a->etag))) {
		x->rs.status = 304;
	} else {
		if (packed)
			http_header(&x->rs, S("Content-Encoding"), S("gzip"));
		x->rs.static_body = packed ? a->gzip : a->plain;
		x->rs.static_n = packed ? a->gzip_n : a->plain_n;
	}
	http_exchange_send(x);
	return true;
}
