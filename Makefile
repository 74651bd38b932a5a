# The commands people type. `make demo` and `make test` need nothing but the Swift toolchain; what else is missing is
# installed, or the command to install it is printed.
SWIFT ?= swift
CONFIGURATION ?= release
DEMO_DIR ?= demo-run
STRICT := --explicit-target-dependency-import-check error

.PHONY: demo test lint bench build clean dependencies

dependencies:
	@scripts/install-dependencies.sh

build: dependencies
	$(SWIFT) build -c $(CONFIGURATION) $(if $(filter release,$(CONFIGURATION)),--static-swift-stdlib) $(STRICT)

demo: build
	@scripts/demo.sh --binaries "$$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)" --folder $(DEMO_DIR) $(DEMO_FLAGS)

test: dependencies
	$(SWIFT) build --build-tests $(STRICT)
	SWIFT_BACKTRACE=enable=no $(SWIFT) test --skip-build

# Needs peers that the package itself never uses: see `scripts/bench/compare.py --help`. PYTHON names their interpreter.
bench: build
	@scripts/bench/compare.py --binary "$$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)/consilium-node" \
		--json .build/bench.json $(BENCH_FLAGS)

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

clean:
	$(SWIFT) package clean
	rm -rf $(DEMO_DIR)
