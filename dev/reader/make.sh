#!/bin/sh
# Trains the learned reader from the annotated texts and puts it in its place; docs/reader.md tells what is needed.
#   dev/reader/make.sh ENCODER [SHARED] [WORK]    folder of the encoder, folder that holds data/, folder for what is made
set -eu
encoder=$1 shared=${2:-../shared} work=${3:-build/reader}
corpus=$shared/data/wikipedia-current-events/2002-2015.jsonl.gz
written=bench/extraction/written
mkdir -p "$work"
python bench/extraction/join.py "$corpus" "$work/train" --part train
python bench/extraction/join.py "$corpus" "$work/dense" --labels dense.jsonl
python bench/extraction/reports.py "$shared/data" "$work/reports.corpus"
python bench/extraction/join.py "$work/reports.corpus" "$work/reports" --labels reports.jsonl
python -m loaders.learned.dataset "$work/train.jsonl" \
    "$work/train/items.jsonl" "$work/train/gold.jsonl" "$work/dense/items.jsonl" "$work/dense/gold.jsonl" \
    "$work/reports/items.jsonl" "$work/reports/gold.jsonl" \
    $written/bulk.jsonl $written/bulk_gold.jsonl $written/press.jsonl $written/press_gold.jsonl \
    $written/articles.jsonl $written/articles_gold.jsonl
python -m loaders.learned.dataset --kept "$work/written.jsonl" $written/items.jsonl $written/gold.jsonl
python -m loaders.learned.dataset --held "$work/held.jsonl" $written/items.jsonl $written/gold.jsonl
python -m loaders.learned.dataset "$work/second.jsonl" $written/held.jsonl $written/held_gold.jsonl
python -m dev.reader.train "$encoder" "$work/trained" "$work/train.jsonl" "$work/written.jsonl" \
    --dev "$work/held.jsonl" --dev "$work/second.jsonl"
python -m dev.reader.export "$encoder" "$work/trained" loaders/learned/model
articles=$shared/data/dev-articles
python -m dev.reader.sureness $written/held.jsonl $written/held_gold.jsonl "$articles/items.jsonl" "$articles/gold.jsonl" \
    --held $written/items.jsonl $written/gold.jsonl
