#!/usr/bin/env bash
# What action.yml runs: checks the units of a workflow's repository, and writes which exposures a pull request changes.
# Its inputs are PATHS (one a line), PROFILE, TARGET, BASELINE and FAIL_ON (each may be empty), SARIF, SUMMARY, VERSION and
# BASE (the commit before, or nothing).
set -euo pipefail

# In a folder of its own: npm would take settings and packages of the repository that is checked.
tool=$RUNNER_TEMP/unit-warden
mkdir -p "$tool"
if ! (cd "$tool" && npm install --prefix "$tool" --userconfig "$tool/.npmrc" --ignore-scripts --no-save --no-audit \
  --no-fund --silent "unit-warden@$VERSION"); then
  echo "::error title=Unit Warden::The npm package unit-warden@$VERSION cannot be installed: nothing is checked."
  exit 3
fi
warden() { node "$tool/node_modules/unit-warden/dist/cli.js" "$@"; }

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
  warden "${check[@]}" --format sarif -- "${named[@]}" >"$report" 2>"$tool/problems" || status=$?
  # An empty report closes all that is known to code scanning.
  if [ ! -s "$report" ]; then
    [ "$status" -gt 1 ] || status=3
  elif [ "$status" -le 1 ]; then
    echo "sarif=$report" >>"$GITHUB_OUTPUT"
  fi
  [ "$status" -ne 1 ] || echo "Something is found that fails the check. Code scanning shows it."
else
  warden "${check[@]}" --format github -- "${named[@]}" 2>"$tool/problems" || status=$?
fi
cat "$tool/problems" >&2
echo "status=$status" >>"$GITHUB_OUTPUT"
# Code scanning would take what an incomplete report lacks as mended.
if [ "$status" -gt 1 ]; then
  [ "$SUMMARY" != true ] || {
    echo '### The check is not complete'
    echo
    sed 's/^/    /' "$tool/problems"
  } >>"$GITHUB_STEP_SUMMARY"
  exit "$status"
fi

# Gets the commit before the change into a folder of its own, as far as the repository lets this job do it.
checkout_before() { git fetch --quiet --depth=1 origin "$BASE" && git worktree add --quiet --detach "$1" "$BASE"; }

# The files of the change that say what is checked and what counts.
changed_configuration() {
  changed() { git -c core.quotePath=true diff --name-only "$BASE" -- "$@"; }
  changed ':(glob)**/.unit-warden*' ${BASELINE:+":(literal)$BASELINE"}
  changed ':(glob)**/package.json' | while IFS= read -r path; do
    for text in "$(git show "$BASE:$path" 2>/dev/null)" "$(cat "$path" 2>/dev/null)"; do
      if [[ $text =~ \"unit-?[wW]arden\" ]]; then
        echo "$path"
        break
      fi
    done
  done
}

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
    changed=$(changed_configuration)
    if [ -n "$changed" ]; then
      echo '### Configuration of the check'
      echo
      echo 'This change also says what is checked, or what counts:'
      echo
      echo "    ${changed//$'\n'/$'\n'    }"
      echo
    fi
    echo '### Exposure of services'
    echo
    warden security --format markdown --before "$before.json" -- "${named[@]}" || true
  } >>"$GITHUB_STEP_SUMMARY"
fi
