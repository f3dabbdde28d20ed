# Everything that is done with recvscope's source: `make run` and `make test` are all a new machine needs.
.POSIX:
.NOTPARALLEL:
.PHONY: run test quick sanitize fuzz truth check lint paths build release bench pictures install clean format setup-build setup-test setup-bench

PREFIX = /usr/local
DESTDIR =
LAB = lessons/first-recv.lab
# The Swift library goes into the program: what is installed runs without the toolchain.
STATIC = swift build -c release --static-swift-stdlib
RELEASE = $(STATIC) --product recvscope

# Builds a release and opens the workbench with the first lesson, or LAB=file, playing in it.
run: release
	@exec "$$($(RELEASE) --show-bin-path)/recvscope" $(LAB)

# What failed, once more at the end: thousands of lines lie between. With the status that the tests had.
# The shell ends at a command that fails, unless something stands behind it.
STATUS = && status=0 || status=$$?; echo $$status >.build/test.status
FAILURES = status=$$(cat .build/test.status); test "$$status" = 0 || grep '✘' .build/test.log; exit "$$status"

# Those that need neither sockets nor a terminal, and can run side by side.
PURE = '^(TrafficTests|ScreensTests|ReportsTests)\.'

# Every test; the end-to-end tests run the program that is built here.
test: setup-test
	@swift build --product recvscope && swift build --build-tests
	@{ swift test --skip-build --disable-xctest --filter $(PURE) && pure=0 || pure=$$?; \
	   RECVSCOPE="$$(swift build --show-bin-path)/recvscope" \
	   swift test --skip-build --no-parallel --disable-xctest --skip $(PURE) && test $$pure = 0 $(STATUS); \
	 } 2>&1 | tee .build/test.log
	@$(FAILURES)

# The first of them, without those that try many random inputs: for daily use.
quick: setup-build
	@swift build --build-tests
	@swift test --skip-build --disable-xctest --filter $(PURE) --skip 'anyKeys|/sizes|[Ff]uzz|hostile'

# The tests that many threads take part in, under ThreadSanitizer: any race that it sees is a failure. A build of its own.
SANITIZED = --sanitize=thread --scratch-path .build-tsan
sanitize: setup-build
	@swift build --build-tests $(SANITIZED)
	@{ WATCHED=2000 TSAN_OPTIONS=halt_on_error=1 swift test --no-parallel --skip-build --disable-xctest $(SANITIZED) \
	     --filter 'SocketsTests|LabsTests|WatchingTests|RecordingsTests|JournalTests.*Threads' --skip 'WhyItReturned|FlagPairs|Fuzz' $(STATUS); } \
	   2>&1 | tee .build/test.log
	@$(FAILURES)

# Tries broken bursts and labs for a minute, or FUZZ=seconds, and broken streams of messages, broken files of the user's
# and of proc(5) for as long each, and cuts the streams of the tests in a million ways; what is found is printed with its seed. FUZZ_SEED=seed begins there. A crash leaves its case in a file.
FUZZ = 60
FUZZ_CASE = .build/fuzz-case
fuzz: setup-build
	@swift build --build-tests
	@FUZZ=$(FUZZ) FUZZ_SEED=$(FUZZ_SEED) FUZZ_CASE="$$PWD/$(FUZZ_CASE)" \
	  swift test --no-parallel --skip-build --disable-xctest --filter FuzzTests.fuzz || \
	  { printf 'the last case: '; cat $(FUZZ_CASE); exit 1; }

# Compares 100,000 calls of a program that is watched, or WATCHED=calls, with what strace(1) sees of them.
WATCHED = 100000
truth: setup-test
	@swift build --build-tests
	@WATCHED=$(WATCHED) swift test --no-parallel --skip-build --disable-xctest --filter 'WatchTests.*strace'

# What has to hold before a commit is taken.
check: setup-test paths lint build test sanitize

lint:
	@.ci/folders Traffic Sockets Watching Wire Labs Reports Screens recvscope
	@swift format lint --strict --recursive --parallel Sources Tests Package.swift

# A module may import what Package.swift names and nothing else.
build:
	@swift build --build-tests --explicit-target-dependency-import-check error

# A tracked file must not know the machine that it was written on.
paths:
	@.ci/paths

# Prints every figure with its yardstick beside it; see docs/BENCHMARKS.md. BEFORE=program is measured in turn.
BEFORE =
bench: setup-bench release
	@$(STATIC) --product framings
	@RECVSCOPE="$$($(RELEASE) --show-bin-path)/recvscope" BEFORE="$(BEFORE)" python3 Benchmarks/run.py $(BENCH)

# Draws the pictures of the docs from the real screens.
pictures: setup-test release
	@RECVSCOPE="$$($(RELEASE) --show-bin-path)/recvscope" python3 docs/pictures/render.py docs/pictures

release: setup-build
	@$(RELEASE)

install: release
	@install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/recvscope/lessons" \
	  "$(DESTDIR)$(PREFIX)/share/recvscope/labs" "$(DESTDIR)$(PREFIX)/share/recvscope/themes" \
	  "$(DESTDIR)$(PREFIX)/lib/recvscope"
	@$(STATIC) --product recvscopesql
	@install -s -m 644 "$$($(RELEASE) --show-bin-path)/librecvscopesql.so" "$(DESTDIR)$(PREFIX)/lib/recvscope"
	@install -s -m 755 "$$($(RELEASE) --show-bin-path)/recvscope" "$(DESTDIR)$(PREFIX)/bin/recvscope"
	@install -m 644 lessons/*.lab lessons/order "$(DESTDIR)$(PREFIX)/share/recvscope/lessons"
	@install -m 644 labs/*.lab labs/order "$(DESTDIR)$(PREFIX)/share/recvscope/labs"
	@install -m 644 themes/*.toml "$(DESTDIR)$(PREFIX)/share/recvscope/themes"
	@echo "recvscope is in $(DESTDIR)$(PREFIX)/bin"

clean:
	@rm -rf .build .build-tsan

format:
	@swift format --in-place --recursive --parallel Sources Tests Package.swift

setup-build:
	@.ci/setup build

setup-test:
	@.ci/setup build test

setup-bench:
	@.ci/setup build bench
