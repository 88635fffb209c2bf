-- Order confirmations that customers sign, and links for people outside (CNF-01, CNF-02, CNF-03, CNF-04).

CREATE TABLE public_links (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    purpose TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    subject_number TEXT NOT NULL,
    sent_to TEXT NOT NULL,
    language TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    first_opened_at BIGINT,
    last_opened_at BIGINT,
    opened_from TEXT NOT NULL,
    opened_with TEXT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX public_links_token_hash ON public_links (company_id, token_hash);

CREATE TABLE confirmations (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    order_number TEXT NOT NULL,
    no BIGINT NOT NULL,
    status TEXT NOT NULL,
    way TEXT NOT NULL,
    sent_to TEXT NOT NULL,
    language TEXT NOT NULL,
    link_id BIGINT,
    document_id BIGINT NOT NULL,
    document_sha256 TEXT NOT NULL,
    sent_by BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    promised_on TEXT,
    opened_at BIGINT,
    signed_at BIGINT,
    signer TEXT NOT NULL,
    signed_way TEXT,
    signed_from TEXT NOT NULL,
    signature_sha256 TEXT NOT NULL,
    evidence_id BIGINT,
    slipped_days BIGINT NOT NULL,
    remark TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id),
    FOREIGN KEY (company_id, link_id) REFERENCES public_links (company_id, id),
    FOREIGN KEY (company_id, document_id) REFERENCES attachments (company_id, id),
    FOREIGN KEY (company_id, evidence_id) REFERENCES evidence (company_id, id)
);
CREATE UNIQUE INDEX confirmations_order_id_no ON confirmations (company_id, order_id, no);

ALTER TABLE orders ADD COLUMN signature TEXT NOT NULL DEFAULT 'none';
ALTER TABLE orders ADD COLUMN confirmation_no BIGINT NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN slip TEXT NOT NULL DEFAULT 'none';
ALTER TABLE orders ADD COLUMN slips_from_on TEXT;

-- The roles that came with the product may do what is new as in a new company.
UPDATE roles SET permissions = permissions || ',order.send_confirmation,order.record_signed_copy', version = version + 1
    WHERE built_in = 1 AND code IN ('customer_service', 'sales_manager');
