-- The first tables. One text for both engines: BLOB and WITHOUT ROWID are translated for PostgreSQL, TEXT compares by bytes.

CREATE TABLE companies (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    tax_rounding TEXT NOT NULL,
    approval_limit_minor BIGINT NOT NULL,
    follow_up_days BIGINT NOT NULL,
    order_pattern TEXT NOT NULL,
    default_tax_rate BIGINT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);

CREATE TABLE users (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    username TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL,
    roles TEXT NOT NULL,
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX users_username_key ON users (company_id, username);

CREATE TABLE roles (
    company_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    name_zh_cn TEXT NOT NULL,
    name_zh_tw TEXT NOT NULL,
    name_en TEXT NOT NULL,
    permissions TEXT NOT NULL,
    built_in BIGINT NOT NULL,
    PRIMARY KEY (company_id, code)
);

CREATE TABLE sessions (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    csrf TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    revoked BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
);
CREATE UNIQUE INDEX sessions_token_hash_key ON sessions (company_id, token_hash);
CREATE INDEX sessions_user_id ON sessions (company_id, user_id);

CREATE TABLE api_tokens (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_on TEXT,
    last_used_at BIGINT,
    revoked BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
);
CREATE UNIQUE INDEX api_tokens_token_hash_key ON api_tokens (company_id, token_hash);
CREATE INDEX api_tokens_user_id ON api_tokens (company_id, user_id);

CREATE TABLE customers (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    search TEXT NOT NULL,
    credit_code TEXT NOT NULL,
    grade TEXT NOT NULL,
    channel TEXT NOT NULL,
    category TEXT NOT NULL,
    settlement TEXT NOT NULL,
    terms_days BIGINT NOT NULL,
    deposit_rate BIGINT NOT NULL,
    currency TEXT NOT NULL,
    language TEXT NOT NULL,
    tax_inclusive BIGINT NOT NULL,
    owner_id BIGINT,
    bank TEXT NOT NULL,
    bank_account TEXT NOT NULL,
    invoice_title TEXT NOT NULL,
    invoice_address TEXT NOT NULL,
    notes TEXT NOT NULL,
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX customers_code_key ON customers (company_id, code);
-- In the order of lists with what searches look at, so that a search reads the index alone.
CREATE INDEX customers_code_id_search ON customers (company_id, code, id, search);
CREATE INDEX customers_name_id ON customers (company_id, name, id);
CREATE INDEX customers_owner_id_code ON customers (company_id, owner_id, code);

CREATE TABLE customer_contacts (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    job TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    main BIGINT NOT NULL,
    PRIMARY KEY (company_id, customer_id, position),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);

CREATE TABLE customer_addresses (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    label TEXT NOT NULL,
    receiver TEXT NOT NULL,
    phone TEXT NOT NULL,
    country TEXT NOT NULL,
    province TEXT NOT NULL,
    city TEXT NOT NULL,
    district TEXT NOT NULL,
    street TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    main BIGINT NOT NULL,
    PRIMARY KEY (company_id, customer_id, position),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);

CREATE TABLE customer_accounts (
    company_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    limit_minor BIGINT NOT NULL,
    open_orders_minor BIGINT NOT NULL,
    open_invoices_minor BIGINT NOT NULL,
    unallocated_minor BIGINT NOT NULL,
    PRIMARY KEY (company_id, customer_id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id)
);

CREATE TABLE products (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    search TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    category TEXT NOT NULL,
    barcode TEXT NOT NULL,
    tax_category TEXT NOT NULL,
    tax_rate BIGINT NOT NULL,
    lead_days BIGINT NOT NULL,
    over_tolerance BIGINT NOT NULL,
    under_tolerance BIGINT NOT NULL,
    weight_g BIGINT NOT NULL,
    notes TEXT NOT NULL,
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX products_code_key ON products (company_id, code);
CREATE INDEX products_code_id_search ON products (company_id, code, id, search);
CREATE INDEX products_name_id ON products (company_id, name, id);
CREATE INDEX products_category_code ON products (company_id, category, code);
CREATE INDEX products_barcode ON products (company_id, barcode);

CREATE TABLE prices (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    min_quantity_micro BIGINT NOT NULL,
    unit_price_micro BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
);
CREATE UNIQUE INDEX prices_step_key ON prices (company_id, product_id, customer_id, min_quantity_micro, valid_from);
CREATE INDEX prices_customer_id_product_id ON prices (company_id, customer_id, product_id);

CREATE TABLE warehouses (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    active BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX warehouses_code_key ON warehouses (company_id, code);

CREATE TABLE stock (
    company_id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    on_hand_micro BIGINT NOT NULL,
    reserved_micro BIGINT NOT NULL,
    PRIMARY KEY (company_id, product_id, warehouse_id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id),
    FOREIGN KEY (company_id, warehouse_id) REFERENCES warehouses (company_id, id),
    CHECK (on_hand_micro >= reserved_micro AND reserved_micro >= 0)
) WITHOUT ROWID;
CREATE INDEX stock_warehouse_id_product_id ON stock (company_id, warehouse_id, product_id);

CREATE TABLE orders (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    status TEXT NOT NULL,
    held BIGINT NOT NULL,
    hold_reason TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    customer_code TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    contact_name TEXT NOT NULL,
    contact_phone TEXT NOT NULL,
    receiver TEXT NOT NULL,
    delivery_address TEXT NOT NULL,
    channel TEXT NOT NULL,
    category TEXT NOT NULL,
    settlement TEXT NOT NULL,
    currency TEXT NOT NULL,
    deposit_rate BIGINT NOT NULL,
    tax_inclusive BIGINT NOT NULL,
    tax_rounding TEXT NOT NULL,
    rep_id BIGINT,
    warehouse_id BIGINT NOT NULL,
    external_number TEXT NOT NULL,
    customer_po TEXT NOT NULL,
    ordered_on TEXT NOT NULL,
    required_on TEXT,
    promised_on TEXT,
    planned_ship_on TEXT,
    expected_on TEXT,
    delivered_on TEXT,
    packing TEXT NOT NULL,
    transport TEXT NOT NULL,
    notes TEXT NOT NULL,
    special_requirements TEXT NOT NULL,
    goods_minor BIGINT NOT NULL,
    freight_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    payable_minor BIGINT NOT NULL,
    deposit_minor BIGINT NOT NULL,
    billed_minor BIGINT NOT NULL,
    paid_minor BIGINT NOT NULL,
    line_count BIGINT NOT NULL,
    entered_by BIGINT NOT NULL,
    reviewed_by BIGINT,
    created_at BIGINT NOT NULL,
    submitted_at BIGINT,
    effective_at BIGINT,
    closed_at BIGINT,
    approval_round BIGINT NOT NULL,
    supply TEXT NOT NULL,
    fulfilment TEXT NOT NULL,
    finance TEXT NOT NULL,
    service TEXT NOT NULL,
    overdue_on TEXT,
    follow_up_due_on TEXT,
    source TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, customer_id) REFERENCES customers (company_id, id),
    FOREIGN KEY (company_id, warehouse_id) REFERENCES warehouses (company_id, id)
);
CREATE UNIQUE INDEX orders_number_key ON orders (company_id, number) WHERE number <> '';
CREATE UNIQUE INDEX orders_channel_external_number_key ON orders (company_id, channel, external_number) WHERE external_number <> '';
CREATE INDEX orders_status_id ON orders (company_id, status, id);
CREATE INDEX orders_customer_id_id ON orders (company_id, customer_id, id);
CREATE INDEX orders_required_on_id ON orders (company_id, (coalesce(required_on, '9999-12-31')), id);
CREATE INDEX orders_payable_minor_id ON orders (company_id, payable_minor, id);
CREATE INDEX orders_ordered_on ON orders (company_id, ordered_on);

CREATE TABLE order_lines (
    company_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    product_code TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity_micro BIGINT NOT NULL,
    unit_price_micro BIGINT NOT NULL,
    book_price_micro BIGINT,
    price_source TEXT NOT NULL,
    discount_rate BIGINT NOT NULL,
    tax_rate BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    reserved_micro BIGINT NOT NULL,
    shipped_micro BIGINT NOT NULL,
    delivered_micro BIGINT NOT NULL,
    refused_micro BIGINT NOT NULL,
    billed_micro BIGINT NOT NULL,
    over_tolerance BIGINT NOT NULL,
    under_tolerance BIGINT NOT NULL,
    required_on TEXT,
    note TEXT NOT NULL,
    PRIMARY KEY (company_id, order_id, line_no),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id),
    FOREIGN KEY (company_id, product_id) REFERENCES products (company_id, id)
) WITHOUT ROWID;

CREATE TABLE approvals (
    company_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    round BIGINT NOT NULL,
    step BIGINT NOT NULL,
    role TEXT NOT NULL,
    decision TEXT,
    decided_by BIGINT,
    decided_at BIGINT,
    note TEXT NOT NULL,
    PRIMARY KEY (company_id, order_id, round, step),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id)
) WITHOUT ROWID;

CREATE TABLE shipments (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    order_id BIGINT NOT NULL,
    order_number TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    customer_name TEXT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    status TEXT NOT NULL,
    shipped_on TEXT NOT NULL,
    carrier TEXT NOT NULL,
    tracking TEXT NOT NULL,
    note TEXT NOT NULL,
    delivered_on TEXT,
    signer TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    closed_note TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id)
);
CREATE UNIQUE INDEX shipments_number_key ON shipments (company_id, number);
CREATE INDEX shipments_order_id ON shipments (company_id, order_id);

CREATE TABLE shipment_lines (
    company_id BIGINT NOT NULL,
    shipment_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    order_line_no BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    product_code TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity_micro BIGINT NOT NULL,
    accepted_micro BIGINT NOT NULL,
    refused_micro BIGINT NOT NULL,
    PRIMARY KEY (company_id, shipment_id, line_no),
    FOREIGN KEY (company_id, shipment_id) REFERENCES shipments (company_id, id)
) WITHOUT ROWID;

CREATE TABLE invoices (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    order_id BIGINT NOT NULL,
    order_number TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    customer_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    freight_minor BIGINT NOT NULL,
    discount_minor BIGINT NOT NULL,
    paid_minor BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    void_reason TEXT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id)
);
CREATE UNIQUE INDEX invoices_number_key ON invoices (company_id, number);
CREATE INDEX invoices_order_id ON invoices (company_id, order_id);
CREATE INDEX invoices_status_due_on_id ON invoices (company_id, status, due_on, id);

CREATE TABLE invoice_lines (
    company_id BIGINT NOT NULL,
    invoice_id BIGINT NOT NULL,
    line_no BIGINT NOT NULL,
    order_line_no BIGINT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity_micro BIGINT NOT NULL,
    tax_rate BIGINT NOT NULL,
    net_minor BIGINT NOT NULL,
    tax_minor BIGINT NOT NULL,
    gross_minor BIGINT NOT NULL,
    PRIMARY KEY (company_id, invoice_id, line_no),
    FOREIGN KEY (company_id, invoice_id) REFERENCES invoices (company_id, id)
) WITHOUT ROWID;

CREATE TABLE payments (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    order_id BIGINT NOT NULL,
    order_number TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    customer_name TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    allocated_minor BIGINT NOT NULL,
    method TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    reference TEXT NOT NULL,
    note TEXT NOT NULL,
    reversed BIGINT NOT NULL,
    reverse_reason TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id)
);
CREATE UNIQUE INDEX payments_number_key ON payments (company_id, number);
CREATE INDEX payments_order_id ON payments (company_id, order_id);

CREATE TABLE allocations (
    company_id BIGINT NOT NULL,
    payment_id BIGINT NOT NULL,
    invoice_id BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    amount_minor BIGINT NOT NULL,
    PRIMARY KEY (company_id, payment_id, invoice_id),
    FOREIGN KEY (company_id, payment_id) REFERENCES payments (company_id, id),
    FOREIGN KEY (company_id, invoice_id) REFERENCES invoices (company_id, id)
) WITHOUT ROWID;
CREATE INDEX allocations_invoice_id ON allocations (company_id, invoice_id);
CREATE INDEX allocations_order_id ON allocations (company_id, order_id);

CREATE TABLE follow_ups (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    order_id BIGINT NOT NULL,
    order_number TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    customer_name TEXT NOT NULL,
    due_on TEXT NOT NULL,
    status TEXT NOT NULL,
    score BIGINT,
    comment TEXT NOT NULL,
    done_by BIGINT,
    done_at BIGINT,
    PRIMARY KEY (company_id, id),
    FOREIGN KEY (company_id, order_id) REFERENCES orders (company_id, id)
);
CREATE INDEX follow_ups_order_id ON follow_ups (company_id, order_id);
CREATE INDEX follow_ups_status_due_on ON follow_ups (company_id, status, due_on);

CREATE TABLE attachments (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    order_id BIGINT,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    filename TEXT NOT NULL,
    mime TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE INDEX attachments_subject_id ON attachments (company_id, subject_id);
CREATE INDEX attachments_order_id ON attachments (company_id, order_id);

CREATE TABLE blobs (
    company_id BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (company_id, sha256)
);

CREATE TABLE stock_movements (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    product_id BIGINT NOT NULL,
    warehouse_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    on_hand_delta_micro BIGINT NOT NULL,
    reserved_delta_micro BIGINT NOT NULL,
    cause_kind TEXT NOT NULL,
    cause_id BIGINT NOT NULL,
    note TEXT NOT NULL,
    by BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE INDEX stock_movements_product_id_id ON stock_movements (company_id, product_id, id);

CREATE TABLE events (
    company_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    subject_number TEXT NOT NULL,
    by BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    reason TEXT NOT NULL,
    data TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (company_id, position)
);
CREATE INDEX events_subject_id_position ON events (company_id, subject_id, position);

CREATE TABLE series (
    company_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (company_id, name)
);

CREATE TABLE answers (
    company_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, key)
) WITHOUT ROWID;

CREATE TABLE jobs (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    payload TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    state TEXT NOT NULL,
    error TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (company_id, id)
);
CREATE INDEX jobs_state_due_at_id ON jobs (company_id, state, due_at, id);

CREATE TABLE imports (
    company_id BIGINT NOT NULL,
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    file_names TEXT NOT NULL,
    files_hash TEXT NOT NULL,
    mapping TEXT NOT NULL,
    state TEXT NOT NULL,
    summary TEXT NOT NULL,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (company_id, id)
);
CREATE INDEX imports_files_hash ON imports (company_id, files_hash);

CREATE TABLE mappings (
    company_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (company_id, name)
);

-- The head of each company's event chain.
CREATE TABLE chains (
    company_id BIGINT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    hash TEXT NOT NULL
);

-- Figures of dashboards, kept up in the transaction of the facts they count.
CREATE TABLE tallies (
    company_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    count BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (company_id, name)
) WITHOUT ROWID;

-- Numbers of server processes, a part of every id they make.
CREATE TABLE nodes (
    company_id BIGINT NOT NULL,
    node BIGINT NOT NULL,
    PRIMARY KEY (company_id, node)
);
