#!/usr/bin/env bash
# Builds everything and runs all the tests: ./test.sh [options of dotnet test]
# Installs what the tests need and is missing on Debian; elsewhere says what to install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

fail() { printf 'test.sh: %s\n' "$1" >&2; exit 1; }

# need WHAT PACKAGE COMMAND...: one of the commands is there, or the Debian package gets installed.
need() {
    local what=$1 package=$2 command
    shift 2
    for command in "$@"; do command -v "$command" >/dev/null && return; done
    command -v apt-get >/dev/null || fail "the tests need $what ($*): please install it"
    [ "$(id -u)" = 0 ] || fail "the tests need $what: please run 'apt-get install $package' as root"
    printf 'Installing %s ...\n' "$package"
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null || fail "could not install $package"
}

# The Chromium without windows, which is much quicker; not every system has it.
headless() {
    command -v chromium-headless-shell >/dev/null && return
    { [ "$(id -u)" = 0 ] && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell; } >/dev/null 2>&1
}

# Each test starts a Redis of its own, so the service that Debian would start with it is not: no service starts in a place that says so.
redis() {
    local policy=/usr/sbin/policy-rc.d made=''
    if [ "$(id -u)" = 0 ] && [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
        made=1
    fi
    need 'Redis' redis-server redis-server
    [ -z "$made" ] || rm -f "$policy"
}

PATH=$PATH:/usr/sbin # Where Debian keeps nginx.
command -v dotnet >/dev/null || fail 'the .NET 10 SDK is missing: https://dot.net'
dotnet --list-sdks | grep -q '^10\.' || fail 'the .NET 10 SDK is missing: https://dot.net'
headless || need 'a Chromium browser' chromium chromium chromium-browser google-chrome
need 'nginx' nginx-light nginx
need 'Node.js' nodejs node
command -v redis-server >/dev/null || redis
need 'npm' npm npm

# PostgreSQL's programs are not on Debian's path, and its package would start a server that nobody asked for.
for programs in /usr/lib/postgresql/*/bin; do PATH=$PATH:$programs; done
if ! command -v initdb >/dev/null; then
    if command -v apt-get >/dev/null; then
        need 'PostgreSQL' postgresql-common pg_createcluster
        sed -i 's/^#* *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    fi
    need 'PostgreSQL' postgresql initdb
fi

# The page's modules without a browser: types, and tests.
npm ci --prefix tests/Page --no-audit --no-fund --loglevel error >/dev/null || fail 'could not install the type checker'
npm run --silent --prefix tests/Page check || fail "the page's types do not fit together"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
node --test --test-reporter=tap tests/Page/*.test.js >"$log" || grep -A 20 '^ *not ok' "$log" || true
page() { sed -n "s/^# $1 \([0-9]*\)\$/\1/p" "$log" | tail -n 1; }
page_passed=$(page pass) page_failed=$(page fail)
[ -n "$page_passed" ] || fail "the page's tests did not run"

dotnet build ConnectFour.sln -c Release -v quiet -p:RestoreLockedMode=true

# together MODULES [options]: runs the tests of these assemblies and adds up what became of them.
passed=$page_passed failed=$page_failed skipped=0
failures=''
together() {
    local status=0
    dotnet test --root-directory "$PWD" --timeout 40m --long-running 120 --test-modules "$@" 2>&1 | tee "$log" || status=$?
    count() { sed -n "s/^ *$1: \([0-9]*\)\$/\1/p" "$log" | tail -n 1; }
    [ -n "$(count succeeded)" ] || fail 'the tests did not run'
    passed=$((passed + $(count succeeded))) skipped=$((skipped + $(count skipped)))
    failures+=$(grep -E '^ *failed [A-Za-z]' "$log" | sort -u || true)$'\n'
    local broken
    broken=$(count failed)
    [ "$status" = 0 ] || [ "$broken" != 0 ] || broken=1
    failed=$((failed + broken))
}

built=bin/Release/net10.0
browser="tests/Browser.Tests/$built/ConnectFour.Browser.Tests.dll"
short=$(printf '%s;' tests/*/$built/ConnectFour.*.Tests.dll)
together "$browser" "$@"
together "${short/"$browser;"/}" "$@"
together "tests/Chaos/$built/ConnectFour.Chaos.dll" "$@" # Alone: servers that have no time find no faults.
together "tests/Hostile/$built/ConnectFour.Hostile.dll" "$@" # Alone: it measures whether others are kept waiting.

[ -z "${failures//[[:space:]]/}" ] || printf '\nFailed:\n%s\n' "$failures"
printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$skipped" = 0 ] || fail "$skipped tests were skipped"
[ "$failed" = 0 ]
