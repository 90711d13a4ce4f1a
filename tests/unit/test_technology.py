"""Claims about spotting surveillance technology in plain news English. The sentences are our own."""

from __future__ import annotations

import pytest

from firsthand.extract.technology import spot_technology, surveillance_cues
from firsthand.knowledge.technology import compile_pattern, technologies


def named(text: str) -> dict[str, bool]:
    """Ids spotted in the text, each with whether any mention of it is strong."""
    found: dict[str, bool] = {}
    for mention in spot_technology(text):
        found[mention.id] = found.get(mention.id, False) or mention.strong
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("CCTV went up along the quay.", "video-surveillance"),
        ("closed-circuit (CC)TV in the foyer", "video-surveillance"),
        ("The warders fitted cameras over the bunks.", "video-surveillance"),
        ("Facial recognition opens the barrier.", "face-recognition"),
        ("a face‑recognising turnstile", "face-recognition"),
        ("The gate recognises travellers’ faces.", "face-recognition"),
        ("a program that knows the clerks by face", "face-recognition"),
        ("software that tells faces apart", "face-recognition"),
        ("Facial and license plate recognition are studied there.", "face-recognition"),
        ("Facial and license plate recognition are studied there.", "license-plate-recognition"),
        ("ANPR on the ring road", "license-plate-recognition"),
        ("Cameras read the number plates of lorries.", "license-plate-recognition"),
        ("a database of fingerprints", "biometric-database"),
        ("Guards scanned her fingerprints.", "fingerprint-recognition"),
        ("iris scanners at the bank", "iris-recognition"),
        ("Prisoners gave a voiceprint.", "voice-recognition"),
        ("Officers collected the DNA of whole villages.", "dna-collection"),
        ("the new national ID cards", "identity-card"),
        ("recognising people by the way they walk", "gait-recognition"),
        ("emotion-recognition in call centres", "emotion-recognition"),
        ("It flags unusual behaviour on the platform.", "video-analytics"),
        ("motion sensors in the yard", "motion-detection"),
        ("police drones over the march", "drones"),
        ("an IMSI-catcher in a van", "cell-site-simulator"),
        ("The bureau intercepts telephone calls.", "phone-monitoring"),
        ("Soldiers searched travellers’ phones.", "device-inspection"),
        ("The spyware reached nine reporters.", "spyware"),
        ("a law on internet censorship", "internet-monitoring"),
        ("deep-packet inspection at the exchange", "deep-packet-inspection"),
        ("analysts who monitor posts on social media", "social-media-monitoring"),
        ("It tracked the whereabouts of sailors.", "location-tracking"),
        ("Predictive policing failed there.", "predictive-policing"),
        ("It gives every driver a risk score.", "predictive-policing"),
        ("a police data platform", "data-fusion-platform"),
        ("nine registers behind one search box", "data-fusion-platform"),
        ("the Safe City scheme", "smart-city"),
        ("sensors along the border", "border-monitoring"),
        ("an electrified fence", "electronic-fence"),
        ("Wardens wear body-worn cameras.", "body-worn-cameras"),
        ("gunshot detection on lamp posts", "gunshot-detection"),
        ("The bank flags transfers and payments are monitored.", "payment-monitoring"),
        ("social-credit pilots", "social-credit"),
    ],
)
def test_plain_words_name_the_technology(text: str, wanted: str) -> None:
    """Proper terms and plain words both name a technology beyond doubt."""
    assert named(text).get(wanted) is True


def test_every_technology_of_the_contract_can_be_spotted() -> None:
    """Each of the 31 ids has at least one strong pattern that the claims above exercise."""
    strong = {
        wanted
        for _, wanted in test_plain_words_name_the_technology.pytestmark[0].args[1]  # type: ignore[attr-defined]
    }
    assert strong == set(technologies())
    assert len(strong) == 31


def test_a_bare_camera_is_only_weak() -> None:
    """A camera may be a tourist's; it takes another cue to make it surveillance."""
    assert named("He left his camera on the tram.") == {"video-surveillance": False}


@pytest.mark.parametrize(
    "text",
    [
        "A camera crew waited outside.",
        "She wept on camera.",
        "A television camera fell over.",
        "The drone strike killed four.",
        "The party platform was adopted.",
        "Her credit score fell.",
        "He faces charges in June.",
        "Seen through the lens of history, it was a small war.",
    ],
)
def test_words_with_another_meaning_are_no_technology(text: str) -> None:
    """Phrases such as "camera crew" name nothing."""
    assert spot_technology(text) == ()


def test_acronyms_match_only_as_written() -> None:
    """DPI is packet inspection; "dpi" of a scanner is not."""
    assert "deep-packet-inspection" in named("The carrier bought DPI.")
    assert named("printed at 300 dpi") == {}


def test_spans_quote_the_words_without_the_possessive_ending() -> None:
    """A mention's span is the words alone, straight and curly apostrophes alike."""
    for text in ("CCTV's reach grew.", "CCTV’s reach grew."):
        (mention,) = spot_technology(text)
        assert text[mention.start : mention.end] == "CCTV"


def test_a_longer_mention_takes_the_place_of_the_shorter_inside() -> None:
    """ "body-worn cameras" are not also plain cameras, and one phrase is one mention."""
    assert [m.id for m in spot_technology("body-worn cameras")] == ["body-worn-cameras"]
    assert len(spot_technology("a network of surveillance cameras")) == 1


def test_a_gap_does_not_cross_a_sentence() -> None:
    """Words of two sentences do not make one phrase."""
    assert "face-recognition" not in named("They matched. Nobody saw a face.")


def test_cues_are_spans_of_watching_words() -> None:
    """Cues show that people are watched without saying how."""
    text = "The footage was monitored in a control room."
    assert [text[c.start : c.end] for c in surveillance_cues(text)] == ["footage", "monitored", "control room"]


def test_every_technology_names_its_source() -> None:
    """No entry of the vocabulary stands without a source."""
    assert all(entry.source for entry in technologies().values())


@pytest.mark.parametrize("pattern", ["..2 camera", "ab*"])
def test_a_pattern_that_cannot_be_looked_up_is_refused(pattern: str) -> None:
    """A pattern must begin with a word, and a stem must be long enough to index."""
    with pytest.raises(ValueError, match=r"pattern|stem"):
        compile_pattern(pattern, "x", True)


def test_hostile_text_takes_time_in_proportion() -> None:
    """Twice the text is about twice the mentions; nothing backtracks over the whole."""
    text = "recognise the of a to in " * 2000
    assert spot_technology(text) == ()
