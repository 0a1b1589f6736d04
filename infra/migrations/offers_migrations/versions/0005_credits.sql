-- Credits: each payment once, for ever.

-- What a top-up or an adjustment records is called outside: a bank transfer's id. Entries from before have none.
ALTER TABLE ledger_entries
    ADD COLUMN external_reference text,
    ADD CONSTRAINT ledger_entries_external_reference CHECK (
        external_reference IS NULL
        OR (kind IN ('top_up', 'adjustment') AND external_reference ~ '^[!-~]+( [!-~]+)*$'
            AND length(external_reference) <= 100)
    );
-- One payment is credited once, on whatever account and by whomever, however its letters are written.
CREATE UNIQUE INDEX ledger_entries_external_reference_key ON ledger_entries (upper(external_reference COLLATE "C"))
    WHERE external_reference IS NOT NULL;
