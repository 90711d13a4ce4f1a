"""The pages of the fictional ferry case, as a reader would have taken their main text."""
# a paragraph of a page is one line

REPORT = """Faces at the Ferry

Since August 2031 the Sundry Bay port authority has run face recognition at all six ferry gates.

Each gate carries two cameras, and every passenger's face is kept for 90 days, according to tender notice 114/2031.

The system was supplied by Halden Optics, the tender notice says.

A dock worker told us that guards can also search for a face after the event."""

DAILY = """The cameras hang above the turnstiles, where most passengers never look.

The Sundry Bay port authority runs face recognition at its ferry gates, the Lantern Institute said in a report on Monday.

Our reporter counted 14 cameras at the gates on Tuesday and saw passengers' names appear on a guard's screen.

Passengers who asked for their data were turned away, the report says."""

WIRE = """Ferry passengers in Sundry Bay pass under cameras that know their faces.

The port authority runs face recognition at the ferry gates, the Lantern Institute said.

Fourteen cameras were counted at the gates, and passengers' names appear on guards' screens."""

REPRINT = WIRE + "\n\n(Coast Wire)"

RADIO = """The ministry of transport rejected reports about the ferry terminal on Thursday.

"There is no face recognition at the ferry gates," the ministry said in a statement. "The cameras only count heads."

The minister will open a new pier in June."""

WEEKLY = """Halden Optics said it had delivered gate cameras with face matching to Sundry Bay in July 2031.

The company said that faces are deleted after 90 days.

Gait recognition may be added next year, said a person with knowledge of the contract who asked not to be named.

港务局没有回复。"""

BLOG = """Everybody on the quay knows it: the gates will soon read how you walk, and forty cameras already watch the ferry gates.

قال البحّارة إن الكاميرات لا تنام.

They store faces for ever <b>and</b> sell them\u202e, says nobody\u202c in particular \x1b[31mred\x1b[0m."""

PIER = """The new pier will shorten the crossing by eleven minutes.

Tickets go on sale in May."""
