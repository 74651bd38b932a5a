// Devices, dressings, tests, scores, abbreviations, and eponyms that are hardly ever the name of a patient or a clinician today.
extension WordLists {
    static let medicalDevices = """
        acapella acentra acuson acuvue aerobika aerochamber aerogen afirma aircurve airfit airvo alaris allograft allomap allosure autopap autoset binaxnow biodex biofire bioness boppy bosu bourbon broselow budweiser bumbo cardiohelp cardiomems
        carefusion carelink cavilon cellsearch cerclage cheerios chemstrip clearsight clinitek coaguchek cologuard coloplast comfeel convatec corpak cortrak corvue covaderm covermymeds crocs cryocuff cybertech dacron datascope davinci davol deflux
        digitrapper dinamap dobbhoff dobhoff donjoy doximity draeger drager dremel duoderm dynamap dynasplint echelon ekso elispot eltamd endoloop endotool endurant envella epocrates eschmann esmarch ethilon everflex evicore exogen facebook
        facetime fibrin fibroscan fibrosure fibrotest filmarray filtek fitbit flexiseal flotrac flowtron fluoroscan fogarty fraxel freego garmin genexpert gigli glidescope glidewire glooko gomco goodrx goretex greenlight guardant gynecare
        hemashield hemochron hemocue hemolok holter hovermat hoyer huggies immuknow inogen instagram insulet interceed interstim invisalign invitae invos kardia kepro kerlex kerlix lasik lifepack lifepak lifevest ligaclip ligasure livanta lofric
        lofstrand mahurkar malecot mammaprint maxxair medela medimpact mepitel microclave minecraft minicap mitraclip mychart natera navihealth navitus neilmed nellcor neuropace neurostar nexgen nexiva niox nonin novofine novopen nuvasive omnicell
        omnisys omron oncotype onetouch optiflow orthofix osia oticon pampers paragard penumbra percept permacath permacol permobil phonak pipelle plastibell pleurevac pleurx pokemon polyflux polysporin portacath portacount portex powerpicc
        powerport prevena prismaflex prismasol procalcitonin proglide prolaris prosigna purewick pyxis quantiferon quickclot quikclot relyx respimat rezum roblox roho rotablator samsplint scotchcast sengstaken seprafilm servoair shiley sigvaris
        silastic silverlon skittles smartview sonicare sonosite spacelabs spiromax stedy steristrip stratafix surescripts surgiflo surgifoam syncardia synchromed telfa tempur tenckhoff tequila theraband theratogs thinprep thymatron thyroseq tiktok
        tubigrip twinfix ultrasling underpad unna uptodate urolift valleylab vapotherm varilux velcro veriflex verigene versajet viabahn viasorb vigileo vodka volumeview wallstent watchpat whatsapp wii xbox xeroform xience yankauer youtube zilver
        zipfix zoll zollpads
        """

    static let medicalTests = """
        achs allhat amd amnart asrs avpu avs basdai basfi bfis bims bisap bnt bruininks bvrt caprini cbcl ccm cmas cowat cryo csdd csme cssrs ctcae ctsib cvlt dapsa dkefs dlqi dme epsd etdrs euroqol facit fazekas fics findrisk fois fosq frax fwb
        gls gmfcs goldmann hedis hvlt ibdq icdsc iief ikdc iqcode irf isncsci kccq kdqol kinesia ktea lefs lequesne lrinec ltach lysholm maddrey maew mascc mdasi mfis mgfa minicog mips mmpi mmrc mohs msh mwt naslund ncat ndi nepsy neuroqol nihss
        npdr nte nttp nutric oabss obr obx odi osdi osh palliat pasat pcptsd pdmp pecarn perrl pesi pirads pmp poct ppvt prapare psqi ptot ravlt rbans rcft rcri rsbi rucam saag scorad sdmt sf12 sf36 sgrq siriraj snot spdat sppb srf stroop sudoscan
        tapse tfeq tinetti tlics tnss tomm truelove tthsat ttwb twstrs uceis uhdrs updrs upsit uroflow uroflowmetry vispdat voms wcst wfns whodas wiat wppsi wrat ygtss zarit
        """

    static let medicalEponyms = """
        amsler bannwarth bielschowsky bitot bronkhorst brunnstrom brushfield carnett chilaiditi cruveilhier curschmann darier denonvilliers descemet devic dieulafoy dohle dubreuilh ducrey duhring duroziez ellestad fabry felty friedewald gaenslen
        gallavardin gerota gitelman glisson golgi gomori gorlin gottman guedel haglund hallervorden hegar hesselbach hollenhorst howship jaccoud kanavel kegel kiesselbach klatskin kleihauer kleinert koebner korotkoff kupffer laennec lambl leydig
        liddle likert lindegaard lisch malpighi marjolin masaoka menetrier meyerding mittelschmerz monckeberg mondor morgagni muehrcke nikolsky nissl oddi papez pautrier prussak sarnat schamberg schwartze semmes sertoli silfverskiold socratic
        sydenham tarlov thudichum tillaux tzanck waldeyer wallenberg wartenberg zavanelli
        """
}
