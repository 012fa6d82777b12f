-- wrk's script: each request is a random line of the file PEOPLE (path, cookie, form; by tabs). With FROM,
-- lines are taken in order from that one on, each once: forms.
local lines, at, stop = {}, 0, false
local from = tonumber(os.getenv("FROM") or "")

local function request_of(path, cookie, form)
	local headers = { ["Host"] = "localhost", ["Cookie"] = "__Host-tillsammans=" .. cookie, ["Accept-Language"] = "sv" }
	if form == "" then
		return wrk.format("GET", path, headers)
	end
	headers["Content-Type"] = "application/x-www-form-urlencoded"
	return wrk.format("POST", path, headers, form)
end

function init(args)
	math.randomseed(os.time() + (tonumber(tostring({}):match("0x(%x+)"), 16) or 0) % 1000000)
	for line in io.lines(os.getenv("PEOPLE")) do
		local path, cookie, form = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
		lines[#lines + 1] = request_of(path, cookie, form)
	end
	at = from or 0
end

function request()
	if from then
		at = at + 1
		return lines[(at - 1) % #lines + 1]
	end
	return lines[math.random(#lines)]
end

function done(summary, latency, requests)
	io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration, summary.errors.status,
		summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
		latency:percentile(50), latency:percentile(99)))
end
