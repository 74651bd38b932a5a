# The commands people type. `make demo` and `make test` need nothing but the Swift toolchain; what else is missing is
# installed, or the command to install it is printed.
SWIFT ?= swift
CONFIGURATION ?= release
DEMO_DIR ?= demo-run
STRICT := --explicit-target-dependency-import-check error

.PHONY: demo test nvrtc sanitize lint bench bench-deid bench-federation bench-privacy reliability build clean dependencies

dependencies:
	@scripts/install-dependencies.sh

# NVIDIA's compiler, with which the tests compile the GPU kernels where it is there.
nvrtc:
	@scripts/install-nvrtc.sh

build: dependencies
	$(SWIFT) build -c $(CONFIGURATION) $(if $(filter release,$(CONFIGURATION)),--static-swift-stdlib) $(STRICT)

demo: build
	@scripts/demo.sh --binaries "$$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)" --folder $(DEMO_DIR) $(DEMO_FLAGS)

test: dependencies
	$(SWIFT) build --build-tests $(STRICT)
	@SWIFT="$(SWIFT)" scripts/test.sh

# All that `make test` leaves out of the fault tests because it takes long: 300 generated schedules, eight clinics with twenty
# disturbed rounds, a clinic behind a bad link. Docs/reliability.md has a result.
SCHEDULES ?= 300

reliability: dependencies
	$(SWIFT) build --build-tests $(STRICT)
	CONSILIUM_RELIABILITY=1 CONSILIUM_FAULT_SCHEDULES=$(SCHEDULES) SWIFT="$(SWIFT)" scripts/test.sh --no-parallel \
		--filter ReliabilityTests --filter LinkFaults --filter SecureSumFaults --filter Scenario
	scripts/reliability/slow_link.py --binaries "$$($(SWIFT) build --show-bin-path)"

# Memory errors, undefined behavior and data races, in the parts of the package that compute with pointers or read what
# strangers wrote. Slow under instrumentation and covered elsewhere: products of every size on every number of threads.
SANITIZED = SWIFT_BACKTRACE=enable=no $(SWIFT) test --package-path Tests/Sanitizers --disable-xctest -Xswiftc -use-ld=lld \
	--skip ThreadTests/products

sanitize: dependencies
	LSAN_OPTIONS=suppressions=$(CURDIR)/Tests/Sanitizers/leaks.txt UBSAN_OPTIONS=print_stacktrace=1 \
		$(SANITIZED) --sanitize address --scratch-path .build-sanitize/address \
		--filter TensorsTests --filter LanguageModelsTests --filter MutationTests
	CONSILIUM_SANITIZER=thread TSAN_OPTIONS=halt_on_error=1 \
		$(SANITIZED) --sanitize thread --scratch-path .build-sanitize/thread --filter ThreadTests

# Needs peers that the package itself never uses: see `scripts/bench/compare.py --help`. PYTHON names their interpreter.
bench: build
	@scripts/bench/compare.py --binary "$$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)/consilium-node" \
		--json .build/bench.json $(BENCH_FLAGS)

# De-identification of our hand-written notes, and of the public development data in ../shared where that is present.
bench-deid: build
	@scripts/bench/deid.py --binary "$$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)/consilium-node" \
		--json .build/bench-deid.json $(BENCH_FLAGS)

# PYTHON names an interpreter with dp-accounting; without it the own figures are printed alone.
bench-privacy: build
	@scripts/bench/privacy.py --binary "$$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)/consilium-admin" \
		--json .build/bench-privacy.json $(BENCH_FLAGS)

# A federation without training, as real processes over mutual TLS. BENCH_FLAGS="--peers DIR --nvflare PYTHON --flower PYTHON"
# puts NVFlare and Flower beside it; without them the own figures are printed alone.
bench-federation: build
	@scripts/bench/federation.py --binaries "$$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)" \
		--json .build/bench-federation.json $(BENCH_FLAGS)

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

clean:
	$(SWIFT) package clean
	rm -rf $(DEMO_DIR) .build-sanitize
