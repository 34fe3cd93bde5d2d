"""The tests that PostgreSQL may answer otherwise than SQLite, each kind of difference once.

`make test-all` runs the others there too.
"""

# What differs is what a test asks the database, so each test runs once, with its first values.
CAN_DIFFER = [
    "tests/test_search_promotions.py",
    # Rows are locked, and passed over where somebody else has them.
    "tests/test_scheduler.py",
    "tests/test_on_time.py",
    "tests/test_conflicts.py",
    "tests/test_creating.py",
    "tests/test_grants.py",
    "tests/test_look_back.py",
    "tests/test_one_mail.py",
    "tests/test_publish_now.py",
    # Words are looked for in JSON, and an address in every row that may open a file.
    "tests/test_figures_in_text.py",
    "tests/test_files_in_use.py",
    "tests/test_private_files_at_the_desk.py",
    # Without an order, rows come in any; what is alike is sorted by other rules.
    "tests/test_decisions_report.py",
    "tests/test_owners.py",
    "tests/test_what_changed.py",
    # Constraints, the first set-up and the demonstration.
    "tests/test_demo.py::test_a_second_run_changes_nothing",
    "tests/test_first_set_up.py",
    "tests/test_setup_site.py",
    "tests/test_wagtails_groups.py",
]

# What differs is what a value does to the database, so every value is run.
CAN_DIFFER_BY_VALUE = [
    # Two statements and two columns of our own for each database.
    "tests/test_search.py",
    "tests/test_search_terms.py",
    # A statement that fails ends the transaction; no text may hold a NUL.
    "tests/test_bad_input.py",
    "tests/test_malformed_posts.py::test_no_part_of_a_notices_or_a_banners_form_trips_the_desk",
    # Statements are counted, and are the same for what is secret as for what is not there.
    "tests/test_statements.py::test_a_page_asks_the_database_at_most_twelve_things",
    "tests/test_secret_statements.py",
    "tests/test_figures_data.py",
]
