import { Link } from 'react-router'

/** Products in a line, each with its page. */
export function ProductLinks({ products }: { products: { id: string; code: string; name: string }[] }) {
  return products.map((product, place) => (
    <span key={product.id}>
      {place > 0 && ' · '}
      <Link to={`/products/${product.id}`}>
        {product.code} {product.name}
      </Link>
    </span>
  ))
}
