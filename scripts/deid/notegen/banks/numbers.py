"""Sentences with the numbers and codes of records, plans, accounts, licenses, cars, devices, bodies and cases."""

from .negatives import lines

NUMBERS = lines("""
MRN {mrn}
MRN: {mrn}
MR# {mrn}
MR #: {mrn}
Med Rec No. {mrn}
Medical record number {mrn}
Chart # {mrn}
Unit No: {mrn}
UHID {mrn}
Hosp # {mrn}
Pt ID {mrn}
EMR {mrn}
Patient number: {mrn}
SSN {ssn}
SSN: {ssn}
SS# {ssn}
Social security # {ssn}
soc sec {ssn}
last 4 of SSN {ssn:last4}
SSN ends in {ssn:last4}
last four {ssn:last4}
Verified by last 4 social: {ssn:last4}
TIN/SSN {ssn}
Insurance: {insurer}, ID {plan}
{insurer} ID# {plan}
Member ID: {plan}
Member # {plan}, Group # {plan2}
Medicare # {plan}
MBI {plan}
HICN {plan}
Medicaid ID {plan}
Medicaid {plan}
Policy no. {plan}
Subscriber ID: {plan}  Grp: {plan2}
subscriber {any1:full}, id {plan}
{insurer} policy {plan}
ins ID {plan}
Plan ID {plan}
Beneficiary number {plan}
RxBIN 610014 RxPCN MEDDPRIME ID {plan}
coverage under husband's plan {plan}
Primary: {insurer} {plan} Secondary: {insurer} {plan2}
Acct {acct}
Acct #: {acct}
Account number {acct}
Account No. {acct}
Billing acct {acct}
Guarantor acct: {acct}
HAR {acct}
Guarantor {any1:full}, account {acct}
Copay paid by card {acct2}
Visa ending in {acct2}
Charged to card {acct2}
Bank acct {acct2}
Fin # {acct}
FIN: {acct}
invoice {acct2}
Statement acct no {acct}
Driver's license {dl}
DL {dl}
DL# {dl}
ID checked: {state} DL {dl}
license no. {dl}
DEA {dea}
DEA# {dea}
NPI {npi}
NPI: {npi}
{dr1:full}, {cred}, NPI {npi}, DEA {dea}
Lic # {lic}
License {lic}
Medical license: {lic}
State lic. no. {lic}
RN license {lic}
{cred} Lic#{lic}
Pilot certificate {lic}
CDL {dl}
Plate {plate}
License plate {plate}
Driving a {carcolor} {car}, plate {plate}.
{car} ({plate})
tag # {plate}
tags {plate}
VIN {vin}
VIN: {vin}
VIN# {vin}
Vehicle: {carcolor} {car}, VIN {vin}
pt's vehicle reg {plate}
parking permit for {carcolor} {car} {plate}
{device_kind} S/N {device}
{device_kind} serial # {device}
Serial number: {device}
SN {device}
{device_model}, serial {device}
{device_model} s/n {device}, implanted {date}
{device_model} SN: {device} Lot: {lot}
Lot # {lot}
Lot {lot} exp {date:month_year}
UDI {device}
UDI: {device}
Model {device_model}; ser no {device}
Device ID {device}
RV lead {device}
Lead serial {device}
Implant: {device_model} REF 500-32 LOT {lot}
Ventilator unit {device}
Pump # {device}
COVID vaccine lot {vaxlot}
interrogated {device_kind} ({device})
Fingerprint ID {bio}
fingerprint template {bio}
Retinal scan {bio}
Retina scan ID: {bio}
Iris scan {bio}
Voiceprint {bio}
Voice print ID {bio}
Voice sample {bio}
Facial recognition ID {bio}
face template {bio}
Biometric ID {bio}
Biometric: {bio}
Palm vein scan {bio}
Identity verified by fingerprint ({bio}).
Checked in by palm scan #{bio}
Hand geometry {bio}
DNA profile {bio}
Thumbprint on file {bio}
Accession {id}
Accession #: {id}
Acc# {id}
Case # {id}
Specimen {id}
Specimen ID: {id}
Path # {id}
Surgical path {id}
CSN {csn}
Encounter # {csn}
Encounter: {csn}
Visit ID {csn}
Visit # {csn}
Order # {id}
Order ID {id}
Subject {id}
Study ID {id}
Enrolled in trial NCT0{num}, subject # {id}
Protocol subject ID {id}
Employee ID {id}
Employee # {id}
Badge # {id}
badge {id}
Claim # {id}
Claim no. {id}
WC claim {id}
Auth # {id}
Prior auth {id}
PA# {id}
Reference number {id}
Confirmation # {id}
Passport {id}
Passport no. {id}
A# {id}
Rx # {id}
Rx# {id}
Prescription no {id}
Photo {file}
Photo of wound saved as {file}
Photos: {file}, {file}
full-face photo {file}
Inmate # {id}
Booking no. {id}
Military ID {id}
DoD ID {id}
Police report # {id}
Incident report {id}
Run # {id}
EMS run {id}
Ticket {id}
Unique ID {id}
Donor ID {id}
UNOS ID {id}
Registry no {id}
Student ID {id}
Locker {id}
Requisition {id}
Bag # {id}
Unit # {id} PRBC transfused
Tracking # {id}
Job ID: {id}
Doc # {id}
Dictation ID {id}
DocID:{id}
MRN/CSN: {mrn}/{csn}
{mrn} / {csn}
#{mrn}
Pt # {mrn}, acct {acct}, SSN {ssn}
""")
