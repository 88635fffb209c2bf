-- The permission to edit exchange rates has the noun's name.
UPDATE roles SET permissions = REPLACE(permissions, 'rate.edit', 'exchange_rate.edit'), version = version + 1
WHERE permissions LIKE '%rate.edit%' AND permissions NOT LIKE '%exchange_rate.edit%';
UPDATE api_tokens SET scopes = REPLACE(scopes, 'rate.edit', 'exchange_rate.edit'), version = version + 1
WHERE scopes LIKE '%rate.edit%' AND scopes NOT LIKE '%exchange_rate.edit%';
UPDATE blueprints SET content = REPLACE(content, '"rate.edit"', '"exchange_rate.edit"'), version = version + 1 WHERE content LIKE '%"rate.edit"%';
