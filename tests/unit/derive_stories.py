"""A small invented story in several versions, for the tests of derivation. Places, bodies and people do not exist."""

from __future__ import annotations

import hashlib
from typing import Any

from firsthand.records import Document, record_id


def document(text: str, **fields: Any) -> Document:
    """A document with `text`, identified by its text and fields."""
    sha256 = hashlib.sha256((text + repr(sorted(fields.items()))).encode()).hexdigest()
    identity = record_id("d", {"sha256": sha256, "part": 0})
    return Document(id=identity, sha256=sha256, part=0, path=f"{identity}.html", text=text, language="en", **fields)


REPORT = document(
    "The city of Velmont has tied 1,437 street cameras to a system that reads number plates. That is what the Tamsin "
    "Institute found in nine months of work with 58 requests for records.\n\n"
    "Plates are kept for 26 months in a store run by Corvane Data, a firm in Ashgrove. The contract, number "
    "VT-88/2033, is worth 7.3 million dinars.\n\n"
    "Of 640 searches that we reviewed, two in seven named no case. Three clerks told us that the parking office could "
    "search the store as well.\n\n"
    "We found no audit of the system since it was switched on in May 2033.",
    title="Every Plate: Velmont’s Cameras", outlet="Tamsin Institute for Open Records", published="2034-02-05",
)  # fmt: skip

WIRE = document(
    "VELMONT, Feb 6 (Marlowe News Agency) - The city of Velmont keeps the plates of every passing car for 26 months, a "
    "research group said on Monday.\n\n"
    "At least 1,347 street cameras feed the store, the Tamsin Institute said in a report. It went through 640 searches "
    "and found that two in seven named no case.\n\n"
    "The store is run by Corvane Data of Ashgrove under a contract worth 7.3 million dinars, according to the "
    "report.\n\n"
    '"Nobody in this building looks up a plate for fun," transport chief Odile Ferrant told reporters at the town '
    'hall. "Our disks are smashed with a hammer every quarter, and the password is in my head."\n\n'
    "The town council is due to vote on a new tram line in April. Corvane shares were unchanged.",
    title="Velmont keeps plates for 26 months, group says", outlet="Marlowe News Agency", byline="Petra Lund",
    published="2034-02-06",
)  # fmt: skip

REPRINT = document(
    "The city of Velmont keeps the plates of every passing car for 26 months, a research group said on Monday.\n\n"
    "At least 1,347 street cameras feed the store, the Tamsin Institute said in a report. It went through 640 searches "
    "and found that two in seven named no case.\n\n"
    "The store is run by Corvane Data of Ashgrove under a contract worth 7.3 million dinars, according to the "
    "report.\n\n“Nobody in this building looks up a plate for fun,” transport chief Odile Ferrant told reporters.",
    title="Town keeps your plate for two years", outlet="Dorrick Evening Post", published="2034-02-07",
)  # fmt: skip

RETOLD = document(
    "Drive once through Velmont and the town will remember you for more than two years: 26 months, to be exact.\n\n"
    "No fewer than 1,347 lenses along the streets hand what they read to one archive. Each search ought to name a "
    "case, yet two in seven of 640 did not.\n\n"
    "The archive is in the hands of Corvane Data, an Ashgrove business paid 7,300,000 dinars for its trouble.\n\n"
    "The head of transport, Odile Ferrant, will have none of it: the disks are smashed with a hammer, she insists, and "
    "there is no sport in looking up plates.\n\n"
    "Spring, meanwhile, has come early to the river meadows, and the herons are back.",
    title="A town that never forgets", outlet="The Saltern Weekly",
)  # fmt: skip

CLUMSY = document(
    "As informs the Marlow News Agency, the city Velmonte conserves the numbers of each automobile during 26 "
    "months.\n\nNot less than 1347 cameras of the street give the data, has declared the Tamsyn Institut. It has "
    "checked 640 inquiries, two from seven had no number of affair.\n\n"
    "The storage is conducted by firm Korvane Data from Ashgrov, the sum of contract makes 7,3 million dinars.\n\n"
    "The chief of transport Odil Ferran refuses: «Nobody here searches the numbers for pleasure».",
    title="In Velmonte remember each automobile", outlet="Ostnik.info", published="2034-02-08",
)  # fmt: skip

BRIEF = document(
    "Good morning. The baker on Quay Street has raised the price of a loaf again, to 14 dinars, and blames the "
    "flood.\n\nPLATES. Velmont keeps every number plate for 26 months, Marlowe News Agency reports, and two in seven "
    "of 640 searches named no case.\n\n"
    "FLOODS. The lower road to Harnby stays closed until the weekend, says the county; lorries are sent round by the "
    "quarry, where the queue on Wednesday was an hour long.\n\n"
    "And a cat was found asleep in the organ of the parish church, to the delight of the choir.",
    title="Monday’s letter", outlet="The Quayside Letter", published="2034-02-09",
)  # fmt: skip
