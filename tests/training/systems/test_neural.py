"""The systems that need spaCy's training or torch, each on a handful of clauses."""

import json

import numpy as np
import pytest

from policytext.errors import PolicytextError
from policytext.training.systems import Classifier, load_classifier, make_system
from policytext.training.systems.base import training_data


def test_spacy_textcat_learns_and_comes_back(train, dev, tmp_path):
    from policytext.training.systems.spacy_textcat import SpacyTextcat

    classifier = Classifier.train(SpacyTextcat(epochs=2, seed=1), train, dev)
    classifier.save(tmp_path / "model")
    texts = [annotation.text for annotation in dev]
    assert load_classifier(tmp_path / "model").tag(texts) == classifier.tag(texts)
    assert not list((tmp_path / "model").rglob("*.pkl"))
    again = Classifier.train(SpacyTextcat(epochs=2, seed=1), train, dev)
    assert np.allclose(again.thresholds, classifier.thresholds)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    """A BERT of two tiny random layers, saved as any encoder of the hub is."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # for layers this small, sharing the work costs more than the work
    yield _save_encoder(torch, transformers, tmp_path_factory.mktemp("encoder"))
    torch.set_num_threads(threads)


def _save_encoder(torch, transformers, folder):
    letters = sorted(set("石桥镇中小学停课天气晴好全员核酸采样进门测温云台区居民望大家理解出戴口罩记者昨日获悉，。"))
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    (folder / "vocab.txt").write_text("\n".join([*special, *letters]) + "\n", "utf-8")
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(special) + len(letters),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        hidden_dropout_prob=0.0,
    )
    transformers.BertModel(config).save_pretrained(folder)
    transformers.BertTokenizerFast.from_pretrained(folder).save_pretrained(folder)
    return folder


def test_an_encoder_is_fine_tuned_saved_and_loaded(encoder, train, dev, tmp_path):
    from policytext.training.systems.transformer import Transformer

    system = Transformer(str(encoder), epochs=12, learning_rate=1e-2, batch=32, length=48, seed=3)
    classifier = Classifier.train(system, train, dev)
    layouts, targets = training_data(train)
    rows = np.concatenate(system.predict_proba(layouts))
    assert rows[targets].mean() > 2 * rows[~targets].mean(), "it has learnt which categories there are"
    assert system.predict_proba([]) == []
    texts = [annotation.text for annotation in dev]
    classifier.save(tmp_path / "model")
    assert load_classifier(tmp_path / "model").tag(texts) == classifier.tag(texts)
    files = {path.name for path in (tmp_path / "model").rglob("*")}
    assert "model.safetensors" in files
    assert not {name for name in files if name.endswith((".bin", ".pkl", ".pt"))}


def test_the_vocabulary_is_the_encoders(encoder):
    from policytext.training.systems.transformer import Transformer

    system = Transformer(str(encoder))
    system._open(str(encoder), num_labels=3)
    row = system._encode([("停课", "石桥镇停课")])["input_ids"][0].tolist()
    assert system.tokenizer.unk_token_id not in row


def test_code_that_comes_with_an_encoder_is_not_run(encoder, tmp_path):
    import shutil

    from policytext.training.systems.transformer import Transformer

    shutil.copytree(encoder, tmp_path / "own")
    config = json.loads((tmp_path / "own" / "config.json").read_text())
    config |= {"model_type": "mine", "auto_map": {"AutoConfig": "own.Config"}}
    (tmp_path / "own" / "config.json").write_text(json.dumps(config))
    (tmp_path / "own" / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    with pytest.raises(PolicytextError, match="no encoder can be loaded"):
        Transformer(str(tmp_path / "own"))._open(str(tmp_path / "own"))
    assert not (tmp_path / "ran").exists()


def test_an_encoder_that_is_not_there_is_named(tmp_path):
    pytest.importorskip("transformers")
    with pytest.raises(PolicytextError, match="no encoder can be loaded"):
        make_system(f"transformer:{tmp_path}").fit([])
