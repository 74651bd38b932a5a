#!/usr/bin/env bash
# Trains the bundled taggers again: after every change of rules, word lists, features or the note generator.
#
#   scripts/deid/train-taggers.sh [--python python3] [--binary consilium-node] [--shared DIR] [--work DIR] [--languages "en es"] [--notes N]
#                                 [--epochs N] [--seed S]
#
# Uses what it finds and says what it used: the generator beside it, the marked texts of DIR/data/deid, the reports of
# DIR/data with synthetic identifiers, medical text for the public. Writes Sources/CTaggers/LANGUAGE.tagger and marks them in
# bundled.c, so that the next build takes them in.
set -euo pipefail
cd "$(dirname "$0")/../.."
binary=.build/release/consilium-node
shared=../shared
work=$(mktemp -d)
languages="en es"
python=python3
notes=7000
epochs=4
seed=1
while [ $# -gt 0 ]; do
    case "$1" in
        --python) python=$2 ;;
        --binary) binary=$2 ;;
        --shared) shared=$2 ;;
        --work) work=$2 ;;
        --languages) languages=$2 ;;
        --notes) notes=$2 ;;
        --epochs) epochs=$2 ;;
        --seed) seed=$2 ;;
        *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
    esac
    shift 2
done
if [ ! -x "$binary" ]; then
    echo "There is no program at $binary. Build it (make build) or name it with --binary." >&2
    exit 64
fi
mkdir -p "$work"

# add FILE [times]: trains on a file if it is there.
data=()
add() {
    if [ ! -s "$1" ]; then
        echo "  not there: $1"
        return
    fi
    for _ in $(seq "${2:-1}"); do data+=("$1"); done
    echo "  $(wc -l <"$1") lines${2:+, counted $2 times}: $1"
}

# classes FILE...: which words stand beside the same words in public medical text, if Python has what that needs.
classes() {
    if "$python" -c 'import scipy, sklearn' 2>/dev/null; then
        "$python" scripts/deid/word_classes.py "$work/words.txt" "$@" --least 3
        words=(--words "$work/words.txt")
    else
        echo "  without scipy and scikit-learn the program's own word classes stay"
    fi
}

# context FILE...: trains the network on the data, after public medical text taught it what stands beside what.
context() {
    if ! "$python" -c 'import numpy, torch' 2>/dev/null; then
        echo "  without PyTorch the program's own context network stays"
        return
    fi
    local pretrain=()
    if [ $# -gt 0 ]; then
        python3 scripts/deid/training_texts.py public "$work/public.jsonl" "$@" --max 5000
        "$binary" tagger features ${words[@]+"${words[@]}"} --unchanged --passes 1 --out "$work/public.features" \
            --data "$work/public.jsonl"
        pretrain=(--pretrain "$work/public.features")
    fi
    "$binary" tagger features ${words[@]+"${words[@]}"} --seed "$seed" --passes 3 --out "$work/data.features" \
        --data "${data[@]}"
    "$python" scripts/deid/context_network.py "$work/context.network" ${pretrain[@]+"${pretrain[@]}"} \
        --data "$work/data.features"
    network=(--network "$work/context.network")
}

english() {
    local public=()
    for file in "$shared"/data/reports/{mtsamples,aci_bench}.jsonl \
        "$shared"/data/instructions/{medquad,mts_dialog,aci_bench}.jsonl; do
        if [ -f "$file" ]; then public+=("$file"); fi
    done
    if [ ${#public[@]} -gt 0 ]; then classes "${public[@]}"; fi
    if [ -f scripts/deid/notes.py ]; then
        local carrier=()
        if [ -f "$shared/data/reports/mtsamples.jsonl" ]; then
            carrier=(--carrier "$shared/data/reports/mtsamples.jsonl")
        fi
        # The carriers have identifiers of their own that nobody marked.
        python3 scripts/deid/notes.py --count "$notes" --seed "$seed" ${carrier[@]+"${carrier[@]}"} |
            sed '/"source":"notegen\/carrier"/s/^{/{"incomplete":true,/' >"$work/generated-en.jsonl"
        add "$work/generated-en.jsonl"
    fi
    # Of the hand-written notes of the tests only those that rules are tuned on; the others measure.
    local folder
    for folder in Tests/DeidentificationTests/Notes/dev scripts/deid/written/*; do
        if [ -d "$folder" ]; then
            local lines
            lines="$work/written-$(basename "$folder").jsonl"
            python3 scripts/deid/training_texts.py written "$lines" "$folder" --variants 5
            add "$lines"
        fi
    done
    add "$shared/data/deid/asq_phi.jsonl"
    add "$shared/data/deid/presidio_synth.jsonl"
    if [ -f "$shared/data/make_clinics.py" ]; then
        python3 "$shared/data/make_clinics.py" "$work/clinics" --late-joiner >/dev/null
        python3 scripts/deid/training_texts.py clinics "$work/clinics/_truth" "$work/clinics.jsonl" \
            --skip-source tcga-path-reports --max 500
        add "$work/clinics.jsonl"
    fi
    local plain=()
    for file in "$shared"/data/instructions/{medquad,mts_dialog}.jsonl; do
        if [ -f "$file" ]; then plain+=("$file"); fi
    done
    if [ ${#plain[@]} -gt 0 ]; then
        python3 scripts/deid/training_texts.py plain "$work/plain.jsonl" "${plain[@]}" --max 1000
        add "$work/plain.jsonl"
    fi
    if [ -f "$shared/data/reports/tcga_pathology.jsonl" ]; then public+=("$shared/data/reports/tcga_pathology.jsonl"); fi
    context ${public[@]+"${public[@]}"}
}

spanish() {
    if [ -f scripts/deid/notes_es.py ]; then
        local carrier=()
        [ -f "$shared/data/deid/meddocan_es.jsonl" ] && carrier=(--carrier "$shared/data/deid/meddocan_es.jsonl")
        python3 scripts/deid/notes_es.py --count $((notes * 2 / 5)) --seed "$seed" "${carrier[@]}" >"$work/generated-es.jsonl"
        add "$work/generated-es.jsonl"
    fi
    add "$shared/data/deid/meddocan_es.jsonl"
}

for language in $languages; do
    data=()
    words=()
    network=()
    echo "Data for $language:"
    case "$language" in
        en) name=english; english ;;
        es) name=spanish; spanish ;;
        *) echo "There are no data for “$language”: use en or es." >&2; exit 64 ;;
    esac
    if [ ${#data[@]} -eq 0 ]; then
        echo "There is nothing to train $language on; its tagger stays as it is."
        continue
    fi
    "$binary" tagger train --language "$language" --epochs "$epochs" --seed "$seed" --held-out 0.05 ${words[@]+"${words[@]}"} \
        ${network[@]+"${network[@]}"} --out "$work/$name.tagger" --data "${data[@]}"
    cp "$work/$name.tagger" "Sources/CTaggers/$name.tagger"
    mark=$(sha256sum "$work/$name.tagger" | cut -c 1-16)
    sed -i "s/^#define ${name^^}_MARK .*/#define ${name^^}_MARK \"$mark\"/" Sources/CTaggers/bundled.c
done
echo "Build again, and the program has them."
