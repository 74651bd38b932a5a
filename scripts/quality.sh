#!/usr/bin/env bash
# How well a federation learns from real report texts: four clinics of the customer's generator, every format, a whole consortium
# of separate processes on loopback. Prints, per job, a table clinic × base / federated bits per byte on each clinic's own
# held-out patients, and the pooled ratio. Needs ../shared (or CONSILIUM_SHARED) and python3 for the clinics, nothing else.
#
# usage: scripts/quality.sh --binaries DIR [--folder DIR] [--only JOB]... [--quick]
#        scripts/quality.sh --reference [--folder DIR]
#   JOB: stories, stories-dp, demo (these three without --only), stories-dp-short, demo-dp
#   --quick: fewer and shorter rounds, held to nothing but a gain
#   --reference: the reference simulation's configurations on its very batches, in one process, beside its results; needs a
#     Python ($PYTHON) with torch, tokenizers and safetensors. CONSILIUM_NOISE_SEEDS: runs of each private configuration (3)
# Exits non-zero if a clinic does not gain or a pooled ratio is above its goal.
set -euo pipefail

binaries="" folder="quality-run" only=() quick="" reference=""
while [ $# -gt 0 ]; do
    case "$1" in
        --binaries) binaries=${2:?}; shift ;;
        --folder) folder=${2:?}; shift ;;
        --only) only+=("${2:?}"); shift ;;
        --quick) quick=1 ;;
        --reference) reference=1 ;;
        *) echo "quality.sh: unknown option $1" >&2; exit 64 ;;
    esac
    shift
done
root=$(cd "$(dirname "$0")/.." && pwd)
shared=${CONSILIUM_SHARED:-$root/../shared}
if [ -n "$reference" ]; then
    case "$folder" in /*) ;; *) folder=$root/$folder ;; esac
    export CONSILIUM_SHARED=$shared CONSILIUM_FEDERATED_REFERENCE=$folder OPENBLAS_NUM_THREADS=1
    "${PYTHON:-python3}" "$root/scripts/federated-reference.py" dump "$folder"
    [ -e "$folder/peer.jsonl" ] || "${PYTHON:-python3}" "$root/scripts/federated-reference.py" peer "$folder"
    "${SWIFT:-swift}" test --package-path "$root" --filter FederatedReferenceTests
    exec "${PYTHON:-python3}" "$root/scripts/federated-reference.py" compare "$folder"
fi
[ -x "$binaries/consilium-node" ] || { echo "quality.sh: no programs in “$binaries”; run “make build” first" >&2; exit 64; }
[ -f "$shared/data/make_clinics.py" ] || { echo "quality.sh: needs $shared/data/make_clinics.py" >&2; exit 69; }
command -v python3 >/dev/null || { echo "quality.sh: needs python3 to write the clinics" >&2; exit 69; }
binaries=$(cd "$binaries" && pwd)
node=$binaries/consilium-node coordinator=$binaries/consilium-coordinator admin=$binaries/consilium-admin
[ ${#only[@]} -gt 0 ] || only=(stories stories-dp demo)

clinics=(northshore-heart summit-ortho-neuro willow-family-care meridian-pathology)
case "$folder" in /*) ;; *) folder=$root/$folder ;; esac
# Only a folder that an earlier run made is ever removed.
if [ -e "$folder" ]; then
    [ -e "$folder/.consilium-quality" ] || { echo "quality.sh: $folder exists and is not ours; name another one" >&2; exit 64; }
    rm -rf "$folder"
fi
mkdir -p "$folder/logs" "$folder/stories260K" "$folder/jobs"
touch "$folder/.consilium-quality"
export CONSILIUM_ADMIN_HOME=$folder/admin OPENBLAS_NUM_THREADS=1

processes=()
cleanup() {
    for process in "${processes[@]:-}"; do [ -n "$process" ] && kill "$process" 2>/dev/null || true; done
}
trap cleanup EXIT
trap "exit 130" INT TERM
fail() {
    echo "quality.sh: $1 (logs: $folder/logs)" >&2
    exit 1
}

# --- a consortium, once for all jobs
cp "$shared"/data/models/stories260K/{config.json,model.safetensors} "$shared/data/tokenizers/llama2c-tok512/tok512.bin" \
    "$folder/stories260K/"
chmod -R u+w "$folder/stories260K"
python3 "$shared/data/make_clinics.py" "$folder/reports" >"$folder/logs/make-clinics.log"
# Public text for a warm A: a fixed part of MedQuAD, which no clinic's report is in.
python3 - "$shared/data/instructions/medquad.jsonl" "$folder/public.jsonl" <<'PYTHON'
import json, random, sys
texts = [f"{r['instruction']}\n{r['output']}" for r in map(json.loads, open(sys.argv[1]))]
random.Random(1).shuffle(texts)
open(sys.argv[2], "w").writelines(json.dumps({"text": text}) + "\n" for text in texts[200:900])
PYTHON
"$coordinator" init "$folder/coordinator" --host localhost --listen 127.0.0.1:0 >"$folder/logs/coordinator-init.log"
"$admin" init "$folder/admin" --consortium "Quality run" --coordinator-request "$folder/coordinator/request.json" \
    >"$folder/logs/admin-init.log"
"$coordinator" serve --config "$folder/coordinator/coordinator.yaml" >"$folder/logs/coordinator.log" 2>&1 &
processes+=($!)
for _ in $(seq 100); do [ -s "$folder/coordinator/port" ] && break; sleep 0.1; done
[ -s "$folder/coordinator/port" ] || fail "the coordinator did not start"
url=https://localhost:$(cat "$folder/coordinator/port")
export CONSILIUM_COORDINATOR_URL=$url
for clinic in "${clinics[@]}"; do
    cat >"$folder/$clinic.yaml" <<YAML
clinic:
  id: $clinic
privacy:
  epsilonCap: 20
  allowJobsWithoutGuarantee: true
model:
  folders:
    - "$folder/stories260K"
    - "$root/Assets/demo-base"
YAML
    "$node" init "$folder/$clinic" --site-config "$folder/$clinic.yaml" >"$folder/logs/$clinic-init.log"
    token=$("$admin" token create --clinic "$clinic" --token-only)
    "$node" enroll --home "$folder/$clinic" --coordinator "$url" --ca "$folder/admin/ca.pem" --token "$token" --wait 60 \
        >"$folder/logs/$clinic-enroll.log" 2>&1 &
    processes+=($!)
done
"$admin" roster sign --expect ${#clinics[@]} --wait 60 --yes >"$folder/logs/roster.log" 2>&1
started=$SECONDS
for clinic in "${clinics[@]}"; do
    "$node" import "$folder/reports/$clinic" --home "$folder/$clinic" --brief 2>"$folder/logs/$clinic-import.log" |
        sed "s/^ */$clinic: /"
done
echo "import and de-identification: $((SECONDS - started)) s"

# number KEY FIELD FILE: a figure of “jobs result --json”, which has its keys in order and no spaces.
number() { sed -n "s/.*\"$1\":{[^}]*\"$2\":\([-0-9.eE+]*\).*/\1/p" "$3"; }
plain() { sed -n "s/.*\"$1\":\([-0-9.eE+]*\).*/\1/p" "$2"; }

verdict=0
# job ID MODEL ROUNDS STEPS LEARNING-RATE SEQUENCE PRIVACY-YAML GOAL
job() {
    local id=$1 model=$2 rounds=$3 steps=$4 rate=$5 length=$6 privacy=$7 goal=$8 started=$SECONDS workers=() i clinic
    [ -z "$quick" ] || { rounds=3; steps=4; goal=1; }
    # A private job freezes A; it starts from one that public text warmed.
    local start="" warm
    if [ "$privacy" != none ]; then
        warm=$folder/warm-$(basename "$model")-$length
        [ -d "$warm" ] || "$admin" model warm-a --model "$model" --text "$folder/public.jsonl" --length "$length" \
            --out "$warm" >"$folder/logs/$id-warm.log" 2>&1
        start="initialAdapter: {path: \"$warm\"}"
    fi
    cat >"$folder/jobs/$id.yaml" <<YAML
id: $id
title: "Quality: $id"
purpose: Measures how well a federation learns from real report texts.
baseModel:
  path: "$model"
$start
recipe:
  rank: 8
  alpha: 16
  localSteps: $steps
  batchSequences: 4
  sequenceLength: $length
  optimizer:
    learningRate: $rate
    beta2: 0.99
privacy: $privacy
rounds: $rounds
roundDeadlineSeconds: 1800
YAML
    "$admin" job propose "$folder/jobs/$id.yaml" >"$folder/logs/$id-propose.log"
    for clinic in "${clinics[@]}"; do
        "$node" jobs list --home "$folder/$clinic" >"$folder/logs/$id-$clinic.log"
        "$node" jobs approve "$id" --officer "quality run" --home "$folder/$clinic" >>"$folder/logs/$id-$clinic.log"
    done
    for clinic in "${clinics[@]}"; do
        "$node" run --once --home "$folder/$clinic" >>"$folder/logs/$id-$clinic.log" 2>&1 &
        processes+=($!)
        workers+=($!)
    done
    for i in "${!workers[@]}"; do
        wait "${workers[$i]}" || fail "the node of ${clinics[$i]} stopped with code $? in $id"
    done
    printf '\n%s: %s, %s rounds × %s steps\n' "$id" "$(basename "$model")" "$rounds" "$steps"
    printf '%-22s %10s %10s %8s %9s %11s\n' clinic base federated ratio reports "eps so far"
    : >"$folder/$id.rows"
    for clinic in "${clinics[@]}"; do
        "$node" jobs result "$id" --home "$folder/$clinic" --json >"$folder/$id-$clinic.json"
        echo "$clinic $(number base bitsPerByte "$folder/$id-$clinic.json") \
$(number federated bitsPerByte "$folder/$id-$clinic.json") $(plain heldOutBytes "$folder/$id-$clinic.json") \
$(plain heldOutReports "$folder/$id-$clinic.json") $(plain epsilonSpent "$folder/$id-$clinic.json")" >>"$folder/$id.rows"
    done
    awk -v goal="$goal" -v seconds=$((SECONDS - started)) '
        { printf "%-22s %10.4f %10.4f %8.3f %9d %11.3f\n", $1, $2, $3, $3 / $2, $5, $6
          base += $2 * $4; federated += $3 * $4; bytes += $4; reports += $5
          if ($3 >= $2) worse = 1 }
        END { ratio = federated / base
              printf "%-22s %10.4f %10.4f %8.3f %9d\n", "pooled", base / bytes, federated / bytes, ratio, reports
              printf "goal: at most %s of the base; %d s\n", goal, seconds
              exit (worse || ratio > goal) }' "$folder/$id.rows" || verdict=1
}

private() { printf '{epsilon: 8, delta: 1.0e-5, clipNorm: %s, expectedPatients: 32}' "$1"; }
for name in "${only[@]}"; do
    case "$name" in
        stories) job stories "$folder/stories260K" 10 8 1.0e-2 128 none 0.62 ;;
        stories-dp) job stories-dp "$folder/stories260K" 10 8 1.0e-2 128 "$(private 0.5)" 0.80 ;;
        stories-dp-short) job stories-dp-short "$folder/stories260K" 10 3 1.0e-2 64 "$(private 0.3)" 0.80 ;;
        demo) job demo "$root/Assets/demo-base" 10 8 2.0e-2 128 none 1 ;;
        demo-dp) job demo-dp "$root/Assets/demo-base" 10 3 1.0e-2 64 "$(private 0.3)" 1 ;;
        *) echo "quality.sh: unknown job $name" >&2; exit 64 ;;
    esac
done
"$admin" audit "${clinics[@]/#/$folder/}" >"$folder/logs/audit.log" || { echo "the audit found violations" >&2; verdict=1; }
[ $verdict = 0 ] && echo "quality.sh: every clinic gained, the goals are met, the ledgers are clean" || fail "a goal was missed"
