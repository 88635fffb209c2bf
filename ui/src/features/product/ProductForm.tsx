import { useQueryClient } from '@tanstack/react-query'
import { Form, type FormInstance } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ErrorState } from '@/components/ErrorState'
import { FormPage } from '@/components/form/FormPage'
import { PageSkeleton } from '@/components/PageSkeleton'
import { post, put } from '@/lib/api/client'
import type { Product, Saved } from '@/lib/api/types'
import { useMessage } from '@/lib/message'
import { useCan } from '@/lib/session'
import { inputOf, NEW_PRODUCT, type ProductInput, TAX_RATES, toSend } from './input'
import { ProductFields } from './ProductFields'
import { useProduct } from './queries'

/** A new product, or an existing one to be changed. */
export function ProductForm() {
  const { id = '' } = useParams()
  const found = useProduct(id)
  if (id === '') return <Fields product={null} />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Fields key={found.data.id} product={found.data} />
}

/** The usual rate comes with the category. */
function follow(form: FormInstance<ProductInput>, changed: Partial<ProductInput>): void {
  if (changed.tax_category) form.setFieldValue('tax_rate', TAX_RATES[changed.tax_category])
}

function Fields({ product }: { product: Product | null }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const message = useMessage()
  const may = { price: useCan('price.edit'), cost: useCan('product.cost') }
  const [form] = Form.useForm<ProductInput>()
  const save = async (values: ProductInput) => {
    // What is loaded late and was not there yet stays as it was.
    const body = toSend({ ...(product ? inputOf(product) : NEW_PRODUCT), ...values }, may)
    const saved = product
      ? await put<Saved>(`/products/${product.id}`, body, { version: product.version })
      : await post<Saved>('/products', body)
    await client.invalidateQueries({ queryKey: ['products'] })
    await client.invalidateQueries({ queryKey: ['prices'] })
    void message.success(t(product ? 'product:saved' : 'product:created'))
    void navigate(`/products/${saved.id}`, { replace: true })
  }
  return (
    <FormPage<ProductInput>
      title={product ? `${t('product:edit')} ${product.name}` : t('product:new')}
      draftKey={`product.${product ? `${product.id}.${product.version}` : 'new'}`}
      form={form}
      initial={product ? inputOf(product) : NEW_PRODUCT}
      onChange={changed => follow(form, changed)}
      onSubmit={save}
      onCancel={() => void navigate(product ? `/products/${product.id}` : '/products')}
    >
      <ProductFields
        form={form}
        isNew={product === null}
        configurable={(product?.options.groups.length ?? 0) > 0}
        may={may}
      />
    </FormPage>
  )
}
