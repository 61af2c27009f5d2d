"""What Presidio finds in texts.

Writes {"version", "model"} first: the model is null where spaCy has no English one, and patterns alone are looked for. Then reads
{"id", "text"} a line and writes {"id", "found": [{start, end, entity}]} a line, offsets in code points. Fetches no model.
"""

import json
import sys
from importlib.metadata import version

import spacy
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider, SpacyNlpEngine

MODELS = ["en_core_web_lg", "en_core_web_trf", "en_core_web_md", "en_core_web_sm"]
# Presidio gives a telephone number without a word that tells of one 0.4.
THRESHOLD = 0.4


@spacy.Language.component("small_letters")
def small_letters(doc):
    """Words in place of lemmas, which Presidio looks through for those that tell of a value."""
    for token in doc:
        token.lemma_ = token.lower_
    return doc


def patterns_alone():
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}])
    blank = spacy.blank("en")
    blank.add_pipe("small_letters")
    engine.nlp = {"en": blank}
    return engine


def with_model(name):
    models = [{"lang_code": "en", "model_name": name}]
    return NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()


model = next((name for name in MODELS if spacy.util.is_package(name)), None)
engine = AnalyzerEngine(nlp_engine=patterns_alone() if model is None else with_model(model))
print(json.dumps({"version": version("presidio-analyzer"), "model": model}), flush=True)
for line in sys.stdin:
    record = json.loads(line)
    found = engine.analyze(text=record["text"], language="en", score_threshold=THRESHOLD)
    spans = [{"start": each.start, "end": each.end, "entity": each.entity_type} for each in found]
    print(json.dumps({"id": record["id"], "found": spans}), flush=True)
