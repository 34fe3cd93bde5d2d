"""First-run set-up: pages, teams and rights, and checks that find what nobody could decide on."""
