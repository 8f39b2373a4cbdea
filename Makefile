# make run   opens Larder; the first time it brings what it needs and builds, which takes a while
# make test  everything that has to hold, in the order in which it fails fastest
# The other verbs are for whoever builds it. README.md says the same in words.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run
.PHONY: run test wire bench pollock fuzz soak places windows package screens journeys house standards ui clean-tests tools tools-test

export PATH := $(HOME)/.cargo/bin:$(PATH)
# The real window in tests is the debug build: only that one lets dialogs be answered by files.
NEXTEST := $(shell command -v cargo-nextest 2>/dev/null)
ifdef NEXTEST
RUST_TESTS = cargo nextest run --locked --no-fail-fast
else
RUST_TESTS = cargo test --locked --no-fail-fast
endif
# Always all of them: with which parts a crate is built depends on who asks, and for others half of everything is built anew.
PROGRAMS = cargo build --locked --workspace --bins
UI_SOURCES = $(shell find ui -path ui/node_modules -prune -o -path ui/dist -prune -o -type f -print)

run: tools ui
	cargo run --locked --release -p larder-desktop

test: tools-test ui/node_modules/.installed
	cd ui && npm run check
	cd ui && npm test
	$(MAKE) ui
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	$(PROGRAMS)
	$(RUST_TESTS) --workspace
	$(MAKE) screens standards

# What must be on the computer: system packages, Rust and Node. Says in one line how to get what it cannot bring itself.
tools:
	tests/packages.sh run
	tests/toolchain.sh

tools-test:
	tests/packages.sh test
	tests/toolchain.sh

ui/node_modules/.installed: ui/package.json ui/package-lock.json
	cd ui && npm ci --no-audit --no-fund
	touch $@

ui/dist/index.html: ui/node_modules/.installed $(UI_SOURCES)
	cd ui && npm run build
	touch $@

ui: ui/dist/index.html

# The generated side of the wire, made anew from the commands in src-tauri/actions.
wire:
	LARDER_REGENERATE=1 cargo test --locked --workspace --bins --test house generated

# Rules of the code itself.
house:
	$(RUST_TESTS) --workspace --bins --test house

# Whole stories below the window.
journeys:
	$(PROGRAMS)
	$(RUST_TESTS) --workspace --bins --test journeys

# Whole stories in the real window, one after another; pictures in tests/artifacts.
screens: ui
	$(PROGRAMS)
	cargo test --locked --workspace --bins --test screens -- --test-threads=1

# What is published, held against the standards' own tools.
standards:
	$(PROGRAMS)
	rm -rf tests/artifacts/standards
	target/debug/larder sample tests/artifacts/standards
	tests/standards.py tests/artifacts/standards

# Figures beside those of peers; BENCH="--quick" shows that it works, in a minute.
bench: tools-test ui
	$(PROGRAMS) --release
	tests/bench.sh $(BENCH)

# The field's measure for spoilt csv files, beside other readers; a report of every kind of fault.
pollock: tools-test
	$(PROGRAMS) --release
	tests/pollock.sh

# Bytes that nobody meant, for every reader of foreign files; MINUTES=60 before a release.
fuzz: tools-test
	tests/fuzz.sh $(MINUTES)

# Random shared shelves by the thousand, each read again and again and held against what a shelf promises; SEEDS=5000,
# READS=1000000, MINUTES=60 or several of them, FIRST=n to begin elsewhere.
soak: export SEEDS := $(SEEDS)
soak: export READS := $(READS)
soak: export MINUTES := $(MINUTES)
soak: export FIRST := $(FIRST)
soak:
	cargo test --locked --config profile.dev.package.larder-shelf.opt-level=2 -p larder-shelf --lib -- --ignored --exact --nocapture trials::soak::worlds_for_as_long_as_asked
	cargo test --locked -p larder-shelf --lib -- --ignored --exact trials::exhaustive::every_memory_before_every_subset_of_two_publications

# Shelves on real servers: Apache, nginx, lighttpd, rclone, dufs, wsgidav, moto, s3s-fs and OpenSSH, and between folders that
# Syncthing keeps in step, on loopback.
places: tools-test
	tests/places.sh

# The programs for Windows, and the tests of what stands below the window under Wine, in a small Debian below target/tools
# that is brought the first time (4 GB); WINDOWS="shelf actions" for these rooms' tests alone.
windows:
	tests/packages.sh windows
	tests/toolchain.sh
	$(MAKE) ui
	tests/windows.sh $(WINDOWS)

# .deb and .rpm in target/release/bundle, tried out by tests/package_test.sh.
package: tools ui
	tests/packages.sh package
	npm install --no-save --no-audit --no-fund --prefix target/tools @tauri-apps/cli@2.12.5
	cargo build --locked --release -p larder-cli
	target/tools/node_modules/.bin/tauri build --ci --bundles deb,rpm -- --locked
	tests/package_test.sh target/release/bundle/deb/*.deb
	tests/package_test.sh target/release/bundle/rpm/*.rpm

clean-tests:
	rm -rf tests/artifacts tests/.venv tests/.bench-venv tests/.pollock-venv
