"""Reads {"id", "text"} a line, writes {"id", "spans": [{start, end, type}]} a line: what Presidio finds, in Writ's types."""

import json
import sys

from presidio_analyzer import AnalyzerEngine

TYPES = {
    "PERSON": "PERSON",
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "LOCATION": "ADDRESS",
    "DATE_TIME": "DATE_OF_BIRTH",
    "IBAN_CODE": "IBAN",
    "CREDIT_CARD": "CREDIT_CARD",
    "IP_ADDRESS": "IP_ADDRESS",
    "MAC_ADDRESS": "MAC",
    "US_PASSPORT": "PASSPORT",
    "UK_PASSPORT": "PASSPORT",
    "UK_NHS": "UK_NHS",
    "UK_NINO": "UK_NINO",
    "ES_NIF": "ES_DNI",
    "ES_NIE": "ES_NIE",
    "IT_FISCAL_CODE": "IT_CF",
    "PL_PESEL": "PL_PESEL",
    "FI_PERSONAL_IDENTITY_CODE": "FI_HETU",
}

engine = AnalyzerEngine()
for line in sys.stdin:
    record = json.loads(line)
    found = engine.analyze(text=record["text"], language="en", score_threshold=0.4)
    spans = [{"start": f.start, "end": f.end, "type": TYPES[f.entity_type]} for f in found if f.entity_type in TYPES]
    print(json.dumps({"id": record["id"], "spans": spans}), flush=True)
