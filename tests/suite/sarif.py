"""Checks a SARIF file against a JSON schema: python3 sarif.py SCHEMA FILE"""

import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    found = json.load(file)
checker = jsonschema.validators.validator_for(schema)(schema)
faults = [f"{'/'.join(map(str, fault.path))}: {fault.message}" for fault in checker.iter_errors(found)]
print("\n".join(faults))
sys.exit(1 if faults else 0)
