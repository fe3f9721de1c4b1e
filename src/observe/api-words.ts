/**
 * The words that names in APIs consist of, beside those in the specs: of HTTP, data, business, and debt collection. Names of
 * people, places and companies must not be among them. The plural with s of a word of four or more
 * letters is one too; that of a shorter one may be a name, such as Nils.
 */
export const API_WORDS = `
a abandon abandoned above abroad absent absolute accept acceptance accepted account accounting accrual accrue accrued
acknowledge acknowledged action activate activated activation active activities activity actual ad adb add added adding
additional address addressee adjust adjusted adjustment adresse advanced advice after age aged ageing agent aggregate
aggregated aging agreed agreement ahead akamai alert algorithm alias alive all allocate allocated allocation allow allowance
allowed alternate alternative altinn amber amortization amount amz amzn an ancestor and annotation announce announcement
annual annul annulled anonymize anonymized another answer antall any apartment api apim app appeal appealed append
applicable application applied apply appointment approval approve approved approver approx approximate apt archive archived
are argument arrangement array arrears arrival article as asset assign assigned assignee assignment associated association
async at attachment attempt attorney attribute audience audit auth authenticate authenticated authentication authorise
authorised authorization authorize authorized auto autogiro automated automatic automatically availability available avenue
average avg avgift avtalegiro awaiting azure b back backup bad baggage bailiff balance bank bankaccount bankid banking
bankrupt bankruptcy barcode basic batch bearer before begin behind belop below beneficiary beskrivelse betaling betalt
between bi bic big bill billed billing binary birth birthdate birthday blank block blocked blue body bonus book booked
booking bookkeeping bool boolean born borrower both bottom bounce bounced box branch brand breach breached breakdown brev
broken brought browser brreg bucket budget budgeted build building bulk business busy buyback buyer by byte cache cached
calendar call callback campaign can cancel cancelable canceled cancellation cancelled capacity capital capitalize
capitalized caption capture captured car card care carrier carry case caseload cash category cause cdn cell center centre cf
change changed changing channel charge chargeback charged charity charset chat check checked checking checksum cheque chf
child choice choose chunk cipher citizen citizenship city claim claimant claimed class classification clause clear cleared
clearing client clinic clone closable close closed closing co code coin collateral collect collected collectible collecting
collection collector color column combination combined comment commission communication companies company compensate
compensation complaint complete completed completion compliance compliant component composition compound compress compressed
concurrency concurrent condition confidential config configuration confirm confirmation confirmed conflict connection
consent constant constraint consumer consumption contact contain content contested context continent contract contractor
conversation conversion convert converted cookie coordinate copied copy corner corporation correct corrected correction
correlate correlation correspondence cosigner cost could count counter counterparty countries country county coupon court
create created creating creation creator credential credit credited crediting creditnote creditor creditworthiness criteria
criterion critical cross crypto css csv currencies currency current cursor custom customer cutoff da daily data dataset date
dato datum day deactivate deactivated dead deadline death debit debited debt debtor debug deceased decimal decline declined
decode deduction deep default defaulted defer deferral deferred delay delete deleted deletion delinquency delinquent deliver
deliverable delivered delivery demo denied dental deny department departure dependencies dependency dependent deposit
deprecated deprecation depreciation depth descendant description despatch destination detail device diagnostic dialog
dialogue difference different digest digipost dimension direct directory disable disabled disagree disagreed disburse
disbursed disbursement discount discounted dispatch dispatched display displayed disposition dispute disputed distinct
distribute distributed distribution district division dkk document domestic domicile donation dossier double down download
downloaded draft drafted dual due dun dunning duplicate duplicated duration duty each ean earlier earliest early earning
edge edit editable edited edition editor efaktura effective egress ehf electricity element email embedder emigrated employee
employer empty en enable enabled encoded encoding end ending energy enforce enforced enforcement enough enquiry enroll
enrolled enrollment enter entered enterprise entire entities entity entries entry enum env envelope environment envoy epoch
equal equity erase erased err error escalate escalated escalation estate estimate estimated etag eur event ex exact example
exceed exceeded excel exception exceptional exchange excl exclude excluded excluding exclusive execute executed execution
executor exempt exemption exit expect expected expense expiration expire expired expiry export exported express expression
extend extendable extended extension external extra extraordinary facet factoring fail failed failure faktura false family
fare fast fatal fault fax feature fee feedback feil fees fetch fetched fi field file filename filter filtered final find fine
finish finished firm first firstname fiscal fixed flag float floor flow folder font for forbidden forecast foreign forename
forfall forgiven form format formula forward forwarded found fra frame fraud fraudulent freeze freq frequency from front
frozen fuel full fullname fully function future gain garnish garnishment gateway gbp gdpr gebyr gender general geo get gif
gift given gl global good got grace grade grant gratuity greater green gross group grouped grouping gtin guarantee
guaranteed guarantor guardian guid had hal half handled handler has hash have header health healthcare healthy hearing
height heir held help hidden hide hierarchy high higher highest hint historical history hmac hold holder holiday home hook
host hour house household hovedstol href html http human iban icon id idempotency idempotent ident identifier identity ids
ignore ignored image immediate immediately impairment implemented import imported in inactive inbound incident incl include
included including inclusive income incoming incorrect indefinite index indicator individual industry info information
ingress initial inkasso inner inprogress input inquiry insert inserted inside insolvency insolvent installation installment
instalment instance instant instruction instrument insurance int integer interaction intercompany interest interim
intermediate internal international interval into invalid inventory invitation invite invited invoice invoiced invoicee
invoicer invoicing invoke ip irregular is isk iso issue issued issuer istio it item javascript job join joined journal jpeg
json judgement judgment jurisdiction keep kept key keys kid kind kong konto krav kreditor kunde label landline lang language
large last lastname lat late later latest latitude law lawsuit lawyer layout ld leaf lease leasing least leave leaving
ledger left legacy legal lender length less letter letterhead level liabilities liability licence license lien lifetime like
likelihood limit limitation line link linked liquidated liquidation list litigation little lng load loaded loading loan
local locale located location lock locked log logged login logo logon logout logs lon long longitude loss losses lost low lower
lowest made mail mailing main maintenance make malformed manager mandate mandatory manual many map margin marital markdown
market marketing markup match matched matching matter max maximum may md mean media median medical medium meeting melding
member membership memo merchant merge merged message meta metadata meter method mfa middle middlename might migrate migrated
migration millis milliseconds mime min minimum minute mismatch missing mixed mobile mock model modification modified modify
monetary money monitor monitored monitoring mono month monthly more mortgage most move moved movement ms msg msword much
multi multipart municipality must name narrative narrow national nationality navn nb ndjson need needed neg negative nel
nested net network new newest newsletter next nickname nil nn no node nok non nonce none nonzero normal not notary note
notice notification notified notify now nr null num number object objection obligation obligor obsolete ocr octet of off
offer office officedocument offline offset ok okay old oldest on online only op open opened opener opening openxmlformat
operation operator oppdrag oppdragsgiver optin option optional optout or order ordered ordinary org organisation
organization origin os other otp out outbound outcome outer outgoing output outside outstanding over overdue overhead
overload overloaded overpaid overpayment own owner package page paged paginate pagination paging paid parallel param
parameter parcel parent parentage parking parse parsed parser parsing part partial partially particular parties partner
party passcode passport password past patch path patient pattern pause paused pay payable payee payer paying payload payment
payout payroll pdf penalties penalty pending pension people peppol per percent percentage period permanent permission
perpetual persist persisted person personal phase phone photo pick pickup picture pin pipeline place placeholder plain plan
planned platform pledge pln png pointer policy port portfolio pos position positive post postage postal postcode posted
posting postpaid postpone postponed power powered pragma pre preference prefix preliminary premium prepaid prepayment
prescribed prescription present prev preview previous price priced pricing primary principal print printed printing priority
privacy private probability problem process processing processor product production profile profit progress progressing
project promise promised promotion propensity properties property protected protection provided provider province provision
provisional proxy pseudonymized public publish published publisher purchase purchased purring qty quantity quarter quarterly
query question queue queued quick quota quotation quote range rank rate rated ratelimit rating ratio raw ray re reachable
read readable reading ready real realised realized realm reason rebate receipt receivable receive received receiver
recipient recommend recommendation recommended reconcile reconciled reconciliation record recover recoverable recovered
recovery recurrence recurring red redirect ref reference referer refund refundable refunded refuse refused regex region
register registered registration registry regular regulation regulatory reject rejected rejection related relation
relationship relative release remain remaining remark remind reminded reminder remit remittance remitted remote remove
removed render rendered rent rental rente reopen reopened repay repayment repeat repeated replace replaced replacement reply
report reporting representative request requestid required requires resend resent reset residence residential resolution
resolve resolved resource response restore restored restricted result resume resumed retained retention retries retry return
returned revenue reversal reverse reversed review reviewed revision revoke revoked reward rfc right risk risky road role
root round rounded rounding route routing row rows rule ruling running runtime sak saker salary saldo sale salutation same sample
sampled sampling sandbox save saved scale schedule scheduled scheduler schema scope score scored scoring sdk search second
secondary secret security segment seizure sek select selected selection self sell seller semi send sender sending sensitive
sent separate sequence sequential serial series served server service serving session set setting settle settled settlement
settling several severity sex sha shallow share shared shipping short should show sibling side sign signature signed signup
since single sink site size skip skipped sku skyldner slow small sms snapshot sniff soap social sold solicitor solve solved
solvency soon sort sorted sorting source span spanid special split spouse spreadsheetml ssn stack stage staging standard
standing start started starting state statement status statutory step stock stop stopped storage store stored stream street
strict string style sub subcase subject submission submit submitted subscribe subscribed subscriber subscription subtotal
succeed succeeded success successful successfully suffix suggested suggestion sum summary summons sunset supplement
supplementary supplied supplier supply support supported sur surcharge surname surveil surveillance survey suspend
suspendable suspended suspension sv svg swift switch sync synced synchronization synchronize synchronized system tag tags target
task tax taxable taxation taxed taxes team teapot telefax telephone template temporary tenant term terminate terminated
termination tertiary test text than that the theme then thread threshold throttle throttled throttling throw thrown
thumbnail ticket tiff til time timeline timeout timestamp timezone timing tiny tip title to today toggle token toll too
tooltip top topic total town trace traced traceid traceparent tracestate tracing track tracked tracking trail transaction
transfer transferred transport tree tri triple true trustee ttl tuition turnover type uid un unallocated unauthorised
unauthorized unavailable unblock unblocked uncollectible unconfirmed undefined undelivered under underpaid underpayment
unexpected unhandled unhealthy unique unit unknown unlinked unlocated unlock unlocked unmatched unpaid unprocessable
unpublished unreachable unrealised unrealized unregistered unresolved unsubscribe unsubscribed unsuccessful unsupported
until unverified up update updated updating upgrade upload uploaded upper upstream urgency urgent uri url urls urlencoded usable
usage usd use used useful user username using utc uuid v valid validate validated validation value variable various varsel
vary vat vehicle vendor verb verdict verification verified verify version very veterinary via view viewed viewer violation
vipps visible visit visiting vnd void voided volume voucher vulnerable wage wait waiting waive waived waiver warehouse warn
warning was watch watched wc webhook webp week weekday weekly weight when where which whole wide width will with withdraw
withdrawal withdrawn without woff work worker workflow working writable write writeoff written writtenoff x xml year yearly
yellow yes yielded zero zip zipcode zone
`;
