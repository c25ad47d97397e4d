export { type Account, createAccount } from './account.ts';
export { type Catalog, createCatalog } from './catalog.ts';
export { isPhysical } from './delivery.ts';
export { createShop, type Offer, type Shop, type Stock } from './shop.ts';
export { asking, vendorProblem } from './vendor-problem.ts';
export { type KeyRefusal, refusalIn, type VendorSeen, watchVendor } from './watch-vendor.ts';
