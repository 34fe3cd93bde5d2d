"""Ways of writing dates and times, with what each means, for tests."""

# Each of these is 2 December 2026.
DAYS = """
2/12/2026
02/12/2026
2/12/26
02/12/26
2-12-2026
02-12-2026
02-12-26
2.12.2026
02.12.2026
02.12.26
2 12 2026
02 12 2026
02 12 26
2 / 12 / 2026
02 \u2013 12 \u2013 2026
02\u201312\u20132026
2026-12-02
2026-12-2
2026/12/02
2026 12 02
2 December 2026
02 December 2026
2 december 2026
2 DECEMBER 2026
2 December, 2026
2 December 26
2 December \u201926
2 December '26
2 Dec 2026
2 Dec. 2026
02 Dec 26
2-Dec-2026
02-dec-26
2/Dec/2026
2Dec2026
02DEC26
2nd December 2026
2nd Dec 2026
2nd of December 2026
the 2nd of December 2026
2 of December 2026
2nd Dec. '26
December 2, 2026
December 2nd, 2026
Dec 2 2026
Wednesday 2 December 2026
Wednesday, 2 December 2026
Wednesday 2nd December 2026
Wednesday the 2nd of December 2026
wednesday 2 december 2026
Wed 2 Dec 2026
Wed. 2 Dec. 2026
Weds 2 Dec 26
Wed, 2 Dec 26
Wed 02/12/2026
Wednesday 2/12/26
Wednesday 02.12.2026
 2 December 2026
2 December 2026.
2  December   2026
2\u00a0December\u00a02026
2\u202fDec\u202f2026
\u200e02/12/2026\u200e
""".strip("\n").splitlines()

# Each of these is 9am; and of each in the second list it is 2:30pm.
NINE = """
9am
9 am
9AM
9 a.m.
9a.m.
9 a m
9.00am
9:00am
9.00 am
09:00
9:00
09.00
9.00
0900
0900 hrs
0900hrs
09:00 hours
09:00:00
09:00h
09.00 a.m.
""".strip().splitlines()
HALF_PAST_TWO = """
2.30pm
2:30pm
2.30 p.m.
2:30 PM
02:30pm
14:30
14.30
1430
1430 hrs
14:30:00
""".strip().splitlines()
NOON = """
noon
midday
12 noon
12noon
12pm
12 p.m.
12:00
12.00
12.00 noon
1200
12 midday
""".strip().splitlines()
MIDNIGHT = """
midnight
12 midnight
12am
12.00am
12:00 a.m.
00:00
0:00
0000
00:00:00
""".strip().splitlines()

# Each of these is 9am on 2 December 2026.
MOMENTS = """
2/12/2026 9am
02/12/2026 09:00
02/12/2026, 09:00
02/12/2026 at 09:00
02/12/26 9.00
2 12 2026 0900
2026-12-02 09:00
2026-12-02 09:00:00
2026-12-02T09:00
2026-12-02T09:00:00
2026-12-02T09:00:00.000
2 December 2026 9am
2 December 2026, 9am
2 December 2026 at 9am
2 December 2026 at 9 a.m.
2 December 2026 - 9am
2 December 2026 \u2013 9.00am
2 Dec 26 9am
2 Dec 26, 0900 hrs
2nd December 2026 9:00am
Wednesday 2 December 2026, 9am
Wednesday 2 December 2026, 9am, UK time
Wed 2 Dec 2026 09:00
9am 2 December 2026
9am on 2 December 2026
9am on Wednesday 2 December 2026
9am, Wednesday 2 December 2026
at 9am on Wednesday 2 December 2026
09:00 02/12/2026
9.00 a.m. on 2/12/26
December 2, 2026 9am
""".strip().splitlines()

# What is no day, with a part of what the field says of it.
NO_DAYS = {
    "tomorrow": "“tomorrow” cannot be read as a date. Write the day, month and year",
    "today": "cannot be read",
    "next Tuesday": "cannot be read",
    "Tuesday": "cannot be read",
    "soon": "cannot be read",
    "TBC": "cannot be read",
    "31/02/2026": "There is no 31 February 2026.",
    "29 February 2026": "There is no 29 February 2026.",
    "31 April 2026": "There is no 31 April 2026.",
    "31/11/26": "There is no 31 November 2026.",
    "32/1/2026": "There is no 32 January 2026.",
    "0/1/2026": "There is no 0 January 2026.",
    "1/0/2026": "There is no month 0.",
    "45/45/2026": "There is no month 45.",
    "11/20/2026": "There is no month 20: here the day comes first.",
    "12/31/26": "There is no month 31: here the day comes first.",
    "2026-13-01": "There is no month 13: here the day comes first.",
    "2026-02-30": "There is no 30 February 2026.",
    "Monday 2 December 2026": "2 December 2026 is a Wednesday, not a Monday.",
    "Sun 02/12/2026": "2 December 2026 is a Wednesday, not a Sunday.",
    "2th December 2026": "“2th” is not a day.",
    "31nd May 2026": "“31nd” is not a day.",
    "11st May 2026": "“11st” is not a day.",
    "2 December": "cannot be read",
    "2/12": "cannot be read",
    "December 2026": "cannot be read",
    "12/2026": "cannot be read",
    "2026": "cannot be read",
    "2/12/2026/3": "cannot be read",
    "2/12.2026": "cannot be read",
    "2/12/202": "cannot be read",
    "2/12/20266": "cannot be read",
    "02122026": "cannot be read",
    "20261202": "cannot be read",
    "2 Decembre 2026": "cannot be read",
    "2 Novmber 2026": "cannot be read",
    "Dec 2 26": "cannot be read",
    "2 or 3 December 2026": "cannot be read",
    "2 December 2026 or so": "cannot be read",
    "about 2 December 2026": "cannot be read",
    "-2/12/2026": "cannot be read",
    "2/-12/2026": "cannot be read",
    "2e0/12/2026": "cannot be read",
    "0x2/12/2026": "cannot be read",
    "٢/١٢/٢٠٢٦": "cannot be read",
    "\uff12/12/2026": "cannot be read",
    "2½/12/2026": "cannot be read",
    "1/1/0001": "Is the year right?",
    "1 January 1026": "Is the year right?",
    "31/12/9999": "Is the year right?",
    "2/12/2026 9am": "Only the day belongs here.",
    "2026-12-02 09:00": "Only the day belongs here.",
    "9am": "cannot be read",
    "<b>2</b>": "cannot be read",
    "2/12/2026" * 500: "cannot be read",
    "9" * 5000: "cannot be read",
    "\u200b": "cannot be read",
}

NO_MOMENTS = {
    "2 December 2026": "The time is missing. Write the day and the time",
    "02/12/2026": "The time is missing.",
    "2026-12-02": "The time is missing.",
    "tomorrow 9am": "“tomorrow 9am” cannot be read as a date and time.",
    "9am": "cannot be read",
    "now": "cannot be read",
    "2/12/2026 9": "cannot be read",
    "2/12/2026 9 o\u2019clock": "cannot be read",
    "2/12/2026 half past nine": "cannot be read",
    "2/12/2026 morning": "cannot be read",
    "2/12/2026 9:5": "cannot be read",
    "2/12/2026 9am GMT": "cannot be read",
    "2/12/2026 9am 10am": "cannot be read",
    "9am 2/12/2026 9am": "cannot be read",
    "2/12/2026 24:00": "There is no time “24:00”.",
    "2/12/2026 25:00": "There is no time “25:00”.",
    "2/12/2026 9:60": "There is no time “9:60”.",
    "2/12/2026 13pm": "There is no time “13:00 pm”.",
    "2/12/2026 0am": "There is no time “0:00 am”.",
    "2/12/2026 14:30pm": "There is no time “14:30 pm”.",
    "2/12/2026 9 noon": "There is no time “9:00 noon”.",
    "2/12/2026 12.30 midnight": "There is no time “12:30 midnight”.",
    "31/02/2026 9am": "There is no 31 February 2026.",
    "11/20/2026 9am": "There is no month 20: here the day comes first.",
    "9am on 32/1/2026": "There is no 32 January 2026.",
    "Monday 2 December 2026, 9am": "2 December 2026 is a Wednesday, not a Monday.",
    "2026-13-01T09:00": "cannot be read",
    "2026-12-02T25:00": "cannot be read",
    "0001-01-01 00:00": "Is the year right?",
    "0001-01-01T00:00Z": "Is the year right?",
    "9999-12-31T23:59:59": "Is the year right?",
    "28 March 2027, 1.30am": "the clocks go forward, so there is no 1:30am.",
    "31/10/2027 01:30": "the clocks go back, so 1:30am comes twice.",
}

NO_TIMES = {
    "9": "“9” cannot be read as a time. Write a time such as 9am",
    "soon": "cannot be read",
    "9ish": "cannot be read",
    "24:00": "There is no time “24:00”.",
    "13am": "There is no time “13:00 am”.",
    "2/12/2026": "cannot be read",
}
