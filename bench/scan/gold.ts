/**
 * The questions as gold answers them, by the names of those that silver answers. What cannot be added up over gold's rows
 * (different customers, different stores) is not asked of it.
 */
export const onGold: Readonly<Record<string, string>> = {
    "revenue-by-category": `
SELECT category, sum(transactions) AS transactions, sum(units) AS units, sum(revenue) AS revenue
FROM daily_sales
GROUP BY category
ORDER BY revenue DESC, category`,
    "daily-trend": `
SELECT sale_date, sum(transactions) AS transactions, sum(revenue) AS revenue
FROM daily_sales
GROUP BY sale_date
ORDER BY sale_date`,
    "top-products": `
SELECT product, category, sum(units) AS units, sum(revenue) AS revenue
FROM monthly_products
GROUP BY product, category
ORDER BY revenue DESC, product
LIMIT 10`,
    "regional-performance": `
SELECT region, sum(transactions) AS transactions, sum(revenue) AS revenue
FROM monthly_sales
GROUP BY region
ORDER BY revenue DESC, region`,
};
