import { EditOutlined, LineChartOutlined } from '@ant-design/icons'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { InactiveTag } from '@/components/ActiveButton'
import { Card } from '@/components/Card'
import { ErrorState } from '@/components/ErrorState'
import { Facts } from '@/components/Facts'
import { LinkButton } from '@/components/LinkButton'
import { PageHead } from '@/components/PageHead'
import { PageSkeleton } from '@/components/PageSkeleton'
import { WordTag } from '@/components/WordTag'
import type { Product } from '@/lib/api/types'
import { formatCount, formatRate, formatUnitPrice } from '@/lib/format'
import { formatBarcode } from '@/lib/gtin'
import { useShortcuts } from '@/lib/keyboard'
import { useCan } from '@/lib/session'
import { ActivateProduct } from './activate'
import { useProduct } from './queries'
import { ProductStock } from './Stock'
import './product.css'

/** A product with its stock and its prices; `prices` brings the price book in. */
export function ProductPage({ prices }: { prices: (product: Product) => ReactNode }) {
  const { id = '' } = useParams()
  const found = useProduct(id)
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <PageSkeleton />
  return <Content product={found.data} prices={prices} />
}

function Content({ product, prices }: { product: Product; prices: (product: Product) => ReactNode }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayEdit = useCan('product.edit')
  const maySeeStock = useCan('stock.view')
  const maySeePrices = useCan('price.view')
  const edit = `/products/${product.id}/edit`
  useShortcuts(mayEdit ? [{ keys: 'e', label: 'common:edit', run: () => void navigate(edit) }] : [])
  return (
    <div className="page">
      <PageHead
        title={product.name}
        tags={
          <>
            <span className="soft">{[product.code, product.spec].filter(Boolean).join(' · ')}</span>
            <WordTag>{t(`product:kind.${product.kind}`)}</WordTag>
            <InactiveTag active={product.active} />
          </>
        }
      >
        {maySeeStock && (
          <LinkButton to={`/products/${product.id}/forecast`} icon={<LineChartOutlined />}>
            {t('product:forecast')}
          </LinkButton>
        )}
        {mayEdit && <ActivateProduct product={product} />}
        {mayEdit && (
          <LinkButton to={edit} icon={<EditOutlined />}>
            {t('common:edit')}
          </LinkButton>
        )}
      </PageHead>
      <div className="with-rail">
        <div className="rail">
          <Profile product={product} />
        </div>
        <div className="main-column">
          {maySeeStock && <ProductStock product={product} />}
          {maySeePrices && prices(product)}
        </div>
      </div>
    </div>
  )
}

/** Units, options and handling, as far as something is said of them. */
function more(t: TFunction, product: Product) {
  const { units, options, substitutes, length_mm, width_mm, height_mm } = product
  const list = (lines: string[]) => (
    <ul className="facts-list">
      {lines.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
  const items = [
    {
      label: t('product:section.units'),
      value: list(
        units.map(unit =>
          [
            `1 ${unit.name} = ${unit.ratio} ${product.unit}`,
            formatBarcode(unit.barcode),
            unit.sold ? '' : t('product:unit.not_sold'),
          ]
            .filter(Boolean)
            .join(' · '),
        ),
      ),
      shown: units.length > 0,
    },
    {
      label: t('product:section.options'),
      value: list(
        options.groups.map(group => `${group.name}：${group.choices.map(choice => choice.name).join(' / ')}`),
      ),
      shown: options.groups.length > 0,
    },
    {
      label: t('product:option.freeze_days'),
      value: t('product:lead', { days: options.freeze_days }),
      shown: options.freeze_days > 0,
    },
    {
      label: t('product:field.tracking'),
      value: t(`product:tracking.${product.tracking}`),
      shown: product.tracking !== 'none',
    },
    {
      label: t('product:field.size'),
      value: `${length_mm} × ${width_mm} × ${height_mm}`,
      shown: length_mm + width_mm + height_mm > 0,
    },
    {
      label: t('product:field.shelf_days'),
      value: t('product:lead', { days: product.shelf_days }),
      shown: product.shelf_days > 0,
    },
    { label: t('product:field.hazardous'), value: t('common:yes'), shown: product.hazardous },
    {
      label: t('product:field.pack_quantity'),
      value: `${product.pack_quantity} ${product.unit}`,
      shown: Number(product.pack_quantity) > 0,
    },
    { label: t('product:field.packing_rules'), value: product.packing_rules, shown: product.packing_rules !== '' },
    {
      label: t('product:field.quality_standard'),
      value: product.quality_standard,
      shown: product.quality_standard !== '',
    },
    {
      label: t('product:field.substitutes'),
      value: list(substitutes.map(other => `${other.code} ${other.name}`)),
      shown: substitutes.length > 0,
    },
  ]
  return items.filter(item => item.shown).map(({ label, value }) => ({ label, value }))
}

function Profile({ product }: { product: Product }) {
  const { t } = useTranslation()
  const { over_tolerance, under_tolerance } = product
  return (
    <Card title={t('product:profile')}>
      <Facts
        items={[
          { label: t('product:field.list_price'), value: `${formatUnitPrice(product.list_price)} / ${product.unit}` },
          ...(product.standard_cost === undefined
            ? []
            : [
                {
                  label: t('product:field.standard_cost'),
                  value: product.standard_cost && `${formatUnitPrice(product.standard_cost)} / ${product.unit}`,
                },
                {
                  label: t('product:field.floor_price'),
                  value: product.floor_price && `${formatUnitPrice(product.floor_price)} / ${product.unit}`,
                },
              ]),
          {
            label: t('product:field.tax_rate'),
            value: `${formatRate(product.tax_rate)} ${t(`product:tax.${product.tax_category}`)}`,
          },
          { label: t('product:field.unit'), value: product.unit },
          { label: t('product:field.category'), value: product.category },
          { label: t('product:field.barcode'), value: formatBarcode(product.barcode) },
          { label: t('product:field.lead_days'), value: t('product:lead', { days: product.lead_days }) },
          {
            label: t('product:field.tolerance'),
            value: t('product:tolerance', { over: formatRate(over_tolerance), under: formatRate(under_tolerance) }),
          },
          {
            label: t('product:field.weight_g'),
            value: product.weight_g > 0 ? t('product:weight', { grams: formatCount(product.weight_g) }) : '',
          },
          ...more(t, product),
          {
            label: t('product:field.notes'),
            value: product.notes && <span className="pre">{product.notes}</span>,
            wide: true,
          },
        ]}
      />
    </Card>
  )
}
