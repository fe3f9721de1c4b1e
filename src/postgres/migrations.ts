import { sameRow } from "./database.js";

/**
 * The steps that create the tables, in order. One that was released is never changed; a change is a further step, which the
 * workers of the version before can still work with.
 *
 * @param schema the schema's name, quoted
 */
export const migrations = (schema: string): string[] => [
  `
CREATE TABLE ${schema}.owner (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  address text NOT NULL,
  environment text NOT NULL
);

-- The id is the fencing number.
CREATE TABLE ${schema}.lease (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  expires_at timestamptz NOT NULL
);

CREATE SEQUENCE ${schema}.outcome_number;

CREATE TABLE ${schema}.item (
  organization_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('invoice', 'payment', 'correction')),
  source_id text NOT NULL,
  position bigint GENERATED ALWAYS AS IDENTITY,
  content_hash text NOT NULL,
  payload json,
  state text NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued', 'sending', 'sent', 'accepted', 'exists', 'rejected', 'unknown')),
  lease_id bigint REFERENCES ${schema}.lease ON DELETE SET NULL,
  since timestamptz,
  idempotency_key text,
  batch_id text,
  batch_size integer,
  invoice_id text,
  reason text,
  outcome_number bigint,
  enqueued_at timestamptz NOT NULL DEFAULT now(),
  settled_at timestamptz,
  PRIMARY KEY (organization_id, kind, source_id),
  CHECK ((outcome_number IS NULL) = (state IN ('queued', 'sending', 'sent')))
) WITH (fillfactor = 70);

CREATE INDEX item_claimable ON ${schema}.item (organization_id, kind, position)
  WHERE lease_id IS NULL AND outcome_number IS NULL;
CREATE INDEX item_leased ON ${schema}.item (lease_id) WHERE lease_id IS NOT NULL;
CREATE INDEX item_batch ON ${schema}.item (batch_id) WHERE batch_size IS NOT NULL;
CREATE UNIQUE INDEX item_outcome ON ${schema}.item (outcome_number) WHERE outcome_number IS NOT NULL;

-- Adds items, or none if one of them has an id whose content is another one. A block with an exception handler is a
-- subtransaction: the caller's transaction continues.
CREATE FUNCTION ${schema}.enqueue(
  for_organization text, of_kind text, ids text[], hashes text[], payloads text[], channel text,
  OUT added bigint, OUT conflicts text[]
) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ${schema}.item (organization_id, kind, source_id, content_hash, payload)
    SELECT for_organization, of_kind, given.id, given.hash, given.payload::json
    FROM unnest(ids, hashes, payloads) AS given (id, hash, payload)
    ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS added = ROW_COUNT;
  IF added < cardinality(ids) THEN
    WITH list AS MATERIALIZED (
      SELECT for_organization AS organization_id, of_kind AS kind, * FROM unnest(ids, hashes) AS given (source_id, hash)
    )
    SELECT array_agg(DISTINCT list.source_id) INTO conflicts
      FROM list JOIN ${schema}.item ON ${sameRow("list")} WHERE item.content_hash <> list.hash;
    IF conflicts IS NOT NULL THEN
      RAISE EXCEPTION USING ERRCODE = 'AM001';
    END IF;
  END IF;
  IF added > 0 AND channel IS NOT NULL THEN
    PERFORM pg_notify(channel, '');
  END IF;
EXCEPTION WHEN SQLSTATE 'AM001' THEN
  added := 0;
END
$$;
`,
];
