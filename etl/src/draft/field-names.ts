/** What exports call the fields of an order line, in Chinese and English; the first names of a field are the surest. */

const NAMES = {
  order_id:
    '订单号 订单编号 订单id 主订单号 主订单编号 交易号 单号 订单 orderid orderno ordernumber ordersn ordercode order id',
  line_no: '行号 明细行号 订单行号 行项目号 lineno linenumber line orderitemid',
  line_key:
    '子订单号 子订单编号 子订单id 明细编号 明细id suborderid suborderno subordernumber orderlineid lineid lineitemid detailid',
  placed_at:
    '下单时间 订单创建时间 创建时间 拍下时间 订单时间 下单日期 订单日期 日期 placedat orderedat ordertime orderdate orderedon createdat creationtime createtime createdtime purchasedate invoicedate datetime date',
  paid_at:
    '付款时间 支付时间 订单付款时间 买家付款时间 付款日期 支付日期 paidat paymenttime paytime paymentdate paiddate',
  dispatched_at:
    '发货时间 卖家发货时间 出库时间 发货日期 dispatchedat shippedat shiptime shippingtime shipdate shippeddate fulfilledat',
  delivered_at:
    '收货时间 确认收货时间 签收时间 完成时间 成交时间 deliveredat deliverydate deliverytime receivedat completedat',
  updated_at:
    '更新时间 最后更新时间 修改时间 最后修改时间 更新日期 updatedat updatetime modifiedat modifiedtime lastmodified lastupdate lastupdated updated',
  status: '状态 订单状态 交易状态 status orderstatus state orderstate financialstatus',
  merchant_id:
    '商家id 商家编号 店铺id 店铺编号 卖家id 供应商id 供应商编号 供应商编码 商户id 商户号 merchantid merchantno sellerid shopid storeid vendorid supplierid ' +
    '商家 店铺 卖家 供应商 商户 商家名称 店铺名称 店铺名 卖家名称 卖家公司名 卖家会员名 供应商名称 merchant seller shop store vendor supplier merchantname sellername shopname storename vendorname suppliername',
  merchant_name:
    '商家名称 店铺名称 店铺名 卖家名称 卖家公司名 供应商名称 商户名称 商家 店铺 卖家 供应商 merchantname sellername shopname storename vendorname suppliername merchant seller shop store vendor supplier',
  buyer_id:
    '买家id 客户id 客户编号 会员id 用户id 买家会员名 买家账号 会员名 买家 客户 买家昵称 客户名称 buyerid customerid customerno userid clientid buyer customer client customeremail email buyername customername',
  sku_id:
    'sku sku编码 sku编号 skuid 货号 单品货号 商品编码 商家编码 商品编号 商品id 产品编号 产品编码 款号 规格编码 物料编码 skucode skuno productid productcode itemid itemcode lineitemsku stockcode ' +
    '商品名称 产品名称 商品 产品 宝贝标题 商品标题 product item productname itemname description',
  category: '类目 品类 商品类目 商品分类 产品类别 分类 category productcategory producttype',
  quantity: '数量 件数 购买数量 商品数量 订购数量 成交数量 quantity qty pieces units lineitemquantity',
  amount:
    '行金额 小计 商品金额 金额 实付金额 实付款 买家实付金额 买家实际支付金额 成交金额 货款 总价 总金额 订单金额 应付金额 lineamount linetotal amount subtotal paidamount totalamount totalprice total orderamount ordertotal sales revenue',
  unit_price: '单价 商品单价 成交单价 售价 价格 unitprice itemprice lineitemprice sellingprice price',
  refund_amount: '退款金额 已退款金额 退款 refundamount refundedamount refund refunded',
  currency: '币种 货币 currency currencycode',
  channel:
    '渠道 销售渠道 平台 销售平台 下游平台 订单来源 来源 channel saleschannel platform marketplace source',
  destination_country:
    '收货国家 收货国家地区 目的国 目的地国家 国家 国家地区 destinationcountry shippingcountry shipcountry deliverycountry country',
  belt: '产业带 所属产业带 产业集群 belt industrialbelt cluster',
} as const;

export type Field = keyof typeof NAMES;

/** A name as it is compared: without a unit, blanks, marks, and differences of width and case. */
const bare = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\((元|人民币|rmb|cny|件|个)\)$/u, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Which column holds which field; a column is given away once, and none is guessed from its values. */
export function recogniseColumns(columns: readonly string[]): ReadonlyMap<Field, string> {
  const left = new Map(columns.map((name) => [bare(name), name]));
  const found = new Map<Field, string>();
  for (const [field, names] of Object.entries(NAMES) as [Field, string][]) {
    const name = names.split(' ').find((one) => left.has(one));
    if (name === undefined) continue;
    found.set(field, left.get(name) as string);
    left.delete(name);
  }
  return found;
}
