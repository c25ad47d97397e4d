export { auditView, doneText } from './admin/audit.ts';
export { type AuditSheet, auditPartView, auditSheet } from './admin/audit-file.ts';
export {
  CASES_A_PAGE,
  caseListView,
  caseNotificationView,
  reportedView,
  reportModal,
  solveModal,
} from './admin/cases.ts';
export { doctorView } from './admin/doctor.ts';
export { findingText, noteText, type Shown } from './admin/doctor-text.ts';
export { directNoticeView, dmStopView, noticeView, stopView } from './admin/notice.ts';
export {
  askView,
  closeModal,
  decidedView,
  differsText,
  numberModal,
  type Quorum,
  reviewListView,
  reviewView,
} from './admin/review.ts';
export { askIgnoreView, attachModal, ignoredView } from './admin/stranger.ts';
export { campaignApprovalView } from './approvals/campaign-card.ts';
export type { Asked } from './approvals/card.ts';
export { approvalListView, campaignRejectedView, WAITING_A_PAGE } from './approvals/list.ts';
export { approvedView, campaignReminderView, channelNotificationView } from './approvals/notify.ts';
export { rejectedView, rejectModal } from './approvals/order-card.ts';
export { campaignDetailsView, requesterDetailsView } from './approvals/requester-details.ts';
export {
  bulkCheckingView,
  bulkLateView,
  bulkNobodyView,
  bulkWhomView,
  bulkWrongView,
  leftOutNotes,
} from './campaigns/bulk.ts';
export { type BulkPreview, bulkPreview, bulkTemplateView, bulkTo } from './campaigns/bulk-preview.ts';
export { claimView, waitsView, winnersView } from './campaigns/claim.ts';
export {
  campaignFileHeader,
  campaignFileLine,
  campaignFileView,
  campaignListView,
  MOST_TO_REPLACE,
  replacingView,
} from './campaigns/lists.ts';
export { campaignNewsView, campaignNotificationView, lostPlaceView } from './campaigns/notify.ts';
export { campaignPanel, editModal, moveModal } from './campaigns/panel.ts';
export { campaignView } from './campaigns/public-message.ts';
export { templateDeletedView, templateMenu, templateModal, templateView } from './campaigns/templates.ts';
export {
  balanceView,
  catalogLoadingView,
  PRODUCTS_A_PAGE,
  productListView,
  productView,
  stockView,
} from './catalog.ts';
export { helpView } from './help.ts';
export { itemChoices } from './item-choices.ts';
export { packPage, parseButtonId, parseItem, parsePage, parseTurn } from './kit/custom-id.ts';
export { type View, withoutPicture } from './kit/message.ts';
export { clipped, messageLink, plain, who } from './kit/text.ts';
export { parcelViews, revealViews } from './orders/codes.ts';
export { announcementView, rewardListView, rewardView } from './orders/gift.ts';
export { orderListView, orderView } from './orders/order.ts';
export { buyModal, parseQuantity, progressView, quoteView } from './orders/quote.ts';
export { giftModal, giftPickView } from './orders/send-gift.ts';
export { orderRecordView, resendView } from './orders/timeline.ts';
export {
  budgetView,
  limitChangedView,
  limitListView,
  limitModal,
  parseLimitForm,
  whoseView,
} from './policy/budgets.ts';
export {
  appointedView,
  delegateNotificationView,
  delegationsView,
  endedView,
} from './policy/delegates.ts';
export { whyView } from './policy/explain.ts';
export { filledModal, settingModal } from './policy/setting-controls.ts';
export {
  changedView,
  changeFacts,
  notChangedView,
  pageOf,
  refusedNews,
  type SettingsPage,
  settingsPages,
  settingsView,
} from './policy/settings.ts';
export {
  NO_LIMIT,
  otherAmountModal,
  type SetupAmount,
  type SetupScreen,
  setupDoneView,
  setupScreens,
  setupView,
} from './policy/setup.ts';
export { eraseSureView, erasingView, privacyFileView, privacyKeptView, privacyView } from './privacy.ts';
export { incidentView, problemView, type WhoToAsk } from './problem.ts';
