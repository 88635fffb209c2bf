-- Stock as of a past moment is what there is now less what came and went since (INV-04).
CREATE INDEX stock_movements_goods_product_at ON stock_movements (company_id, product_id, at) WHERE on_hand_delta_micro <> 0;
