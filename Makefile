# The house's front steps. Everything goes through scripts/ and test/run; Meson and Ninja do the building.
#   make run    sets up, builds, and serves the demo on http://127.0.0.1:8080 (PORT, DATA change it)
#   make test   sets up, builds with ASan and UBSan, and runs every ring of tests
.PHONY: all run test lint bench fuzz torture tests asan tsan promises format clean
JOBS ?= 2
export JOBS

all:
	@scripts/build build

run:
	@scripts/run

test:
	@test/run

lint:
	@scripts/lint

bench:
	@scripts/setup bench
	@scripts/build build
	@test/bench/run

fuzz:
	@scripts/setup test
	@test/fuzz/run

torture:
	@scripts/setup test
	@scripts/build build
	@test/torture/run

# For daily work: the test programs alone.
tests:
	@scripts/build build tests
	@build/tests $(T)

asan:
	@scripts/build build-asan
	@build-asan/tests $(T)

tsan:
	@scripts/build build-tsan
	@build-tsan/tests $(T)

format:
	@git ls-files '*.[ch]' | xargs clang-format -i

clean:
	rm -rf build build-asan build-tsan build-clang

# Writes the table of tests per promise into docs/promises.md.
promises:
	@scripts/build build tests torture
	@scripts/promises
