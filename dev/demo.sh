#!/bin/sh
# The tour that `make demo` gives: loads samples/ into a fresh embedded store, prints what it found, answers three
# questions, then serves. With SERVE=0, or without a terminal, it ends before serving.
set -eu
PATH=$PWD/.venv/bin:$PATH
export EMBARGO_STORE=embedded:.demo/store

title() {
    printf '\n%s\n\n' "$*"
}

rm -rf .demo
mkdir .demo

title 'Loading the sample articles'
embargo load samples

title 'The triples they tell, and how far each had come'
embargo query --cypher "
    MATCH (c:Claim)-[:OBJECT]->(o)
    WHERE c.retired_at IS NULL
    OPTIONAL MATCH (c)-[:SUBJECT]->(s)
    RETURN coalesce(s.name, '(not named)') AS subject, c.predicate AS predicate, o.name AS object,
           c.stage AS stage, c.assertion AS assertion, c.event_date AS date, count(*) AS claims
    ORDER BY subject, predicate, object, date"

title 'What did Turkey get from Russia?'
embargo query transfers --param supplier=Russia --param recipient=Turkey

title 'Was Turkey under American sanctions on 30 June 2021?'
embargo query sanction_status --param sender='United States' --param target=Turkey --param at=2021-06-30

title 'Which American threats of sanctions have led to nothing so far?'
embargo query unfulfilled_threats --param sender='United States'

if [ "${SERVE:-1}" != 0 ] && [ -t 0 ] && [ -t 1 ]; then
    title "Serving on http://127.0.0.1:${PORT:-8000} (try /docs); Ctrl-C stops it"
    exec embargo serve --port "${PORT:-8000}"
fi
