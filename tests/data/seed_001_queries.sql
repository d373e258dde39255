-- Find entities that appear together
SELECT 
  e1.entity_name as entity1,
  e2.entity_name as entity2,
  COUNT(*) as co_occurrences
FROM pages p
CROSS JOIN LATERAL unnest(p.key_elements) as element
JOIN inferred_entities e1 ON element ? e1.entity_name
JOIN inferred_entities e2 ON element ? e2.entity_name
WHERE e1.id < e2.id
  AND p.project_id = $1
GROUP BY e1.entity_name, e2.entity_name
HAVING COUNT(*) > 1
ORDER BY co_occurrences DESC;
