#!/usr/bin/env bash
# What action.yml runs: checks the units of a workflow's repository, and writes which exposures a pull request changes.
# Its inputs are PATHS (one a line), PROFILE, TARGET, BASELINE and FAIL_ON (each may be empty), SARIF, SUMMARY, VERSION and
# BASE (the commit before, or nothing).
set -euo pipefail

warden() { npx --yes "unit-warden@$VERSION" "$@"; }

named=()
while IFS= read -r path; do [ -z "$path" ] || named+=("$path"); done <<<"$PATHS"

status=0
check=(check)
[ -z "$PROFILE" ] || check+=(--profile "$PROFILE")
[ -z "$TARGET" ] || check+=(--systemd "$TARGET")
[ -z "$BASELINE" ] || check+=(--baseline "$BASELINE")
[ -z "$FAIL_ON" ] || check+=(--fail-on "$FAIL_ON")
if [ "$SARIF" = true ]; then
  report=$RUNNER_TEMP/unit-warden.sarif
  warden "${check[@]}" --format sarif -- "${named[@]}" >"$report" || status=$?
  echo "sarif=$report" >>"$GITHUB_OUTPUT"
  [ "$status" -ne 1 ] || echo "Something is found that fails the check. Code scanning shows it."
else
  warden "${check[@]}" --format github -- "${named[@]}" || status=$?
fi
echo "status=$status" >>"$GITHUB_OUTPUT"
# Code scanning would take what an incomplete report lacks as mended.
[ "$status" -le 1 ] || exit "$status"

# Gets the commit before the change into a folder of its own, as far as the repository lets this job do it.
checkout_before() { git fetch --quiet --depth=1 origin "$BASE" && git worktree add --quiet --detach "$1" "$BASE"; }

before=$RUNNER_TEMP/unit-warden-before
if [ "$SUMMARY" != true ] || [ -z "$BASE" ]; then
  : # there is nothing to compare
elif ! checkout_before "$before"; then
  echo "::warning title=Unit Warden::The commit before this change cannot be fetched: the summary has no exposures."
else
  known=()
  for path in "${named[@]}"; do [ ! -e "$before/$path" ] || known+=("$path"); done
  # Its exit status is about exposures, and so is that of the second call.
  if [ ${#known[@]} -gt 0 ]; then (cd "$before" && warden security --format json -- "${known[@]}") >"$before.json" || true; fi
  [ -s "$before.json" ] || echo '{"version":1,"units":[]}' >"$before.json"
  git worktree remove --force "$before"
  {
    echo '### Exposure of services'
    echo
    warden security --format markdown --before "$before.json" -- "${named[@]}" || true
  } >>"$GITHUB_STEP_SUMMARY"
fi
