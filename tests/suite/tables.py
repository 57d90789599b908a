"""Reads an export back with DuckDB and prints what it found, as JSON.

python3 tables.py DIRECTORY, which has records.csv, credits.csv, all.ndjson and, where siglum was built
with it, records.parquet and credits.parquet.
"""

import json
import os
import sys

import duckdb

NUMBERS = {"index": "UBIGINT", "version": "UINTEGER", "paragraph_count": "UINTEGER",
           "sources": "UINTEGER", "n": "UINTEGER", "line": "UINTEGER"}


def csv(name, typed):
    with open(name, encoding="utf-8", newline="") as file:
        names = file.readline().strip().split(",")
    kinds = {n: NUMBERS.get(n, "VARCHAR") if typed else "VARCHAR" for n in names}
    if typed and "recorded" in kinds:
        kinds["recorded"] = "TIMESTAMPTZ"
    columns = ", ".join(f"'{n}': '{kind}'" for n, kind in kinds.items())
    return (f"read_csv('{name}', header = true, delim = ',', quote = '\"', escape = '\"', "
            f"auto_detect = false, strict_mode = true, columns = {{{columns}}})")


os.chdir(sys.argv[1])
sql = duckdb.sql
sql("SET TimeZone = 'UTC'")
found = {
    name: sql(f"SELECT * FROM {csv(f'{name}.csv', False)} ORDER BY CAST(index AS UBIGINT)").fetchall()
    for name in ("records", "credits")
}
lines = "read_ndjson('all.ndjson', sample_size = -1)"
found["ndjson"] = sql(f"SELECT index, leaf, version, status, len(credits) FROM {lines} ORDER BY 1").fetchall()
found["roles"] = sql(
    f"SELECT role, count(*) FROM {csv('credits.csv', False)} GROUP BY 1 ORDER BY 1").fetchall()
found["roles in ndjson"] = sql(
    f"SELECT c.role, count(*) FROM (SELECT unnest(credits) AS c FROM {lines}) GROUP BY 1 ORDER BY 1"
).fetchall()
if os.path.exists("records.parquet"):
    # Types and all: what one has and the other hasn't.
    for name in ("records", "credits"):
        typed = csv(f"{name}.csv", True)
        found[f"{name} in parquet"] = sql(f"SELECT count(*) FROM '{name}.parquet'").fetchall()[0][0]
        found[f"{name} that differ"] = sql(
            f"(SELECT * FROM {typed} EXCEPT ALL SELECT * FROM '{name}.parquet') UNION ALL "
            f"(SELECT * FROM '{name}.parquet' EXCEPT ALL SELECT * FROM {typed})").fetchall()
json.dump(found, sys.stdout, default=str)
