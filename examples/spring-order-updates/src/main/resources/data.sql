MERGE INTO orders (id, name, phone, ready, coming) VALUES
    (1, 'Ana', '+12025550143', FALSE, FALSE),
    (2, 'Ben', '+12025550144', FALSE, FALSE),
    (3, 'Cleo', '+12025550145', FALSE, FALSE);
