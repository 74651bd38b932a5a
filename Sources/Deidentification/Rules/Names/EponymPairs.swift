/// Two names that medicine knows together: `Kirby-Bauer`, `Marcus Gunn`.
enum EponymPairs {
    /// The index behind the pair that begins here, or behind the chain of pairs: `Campbell de Morgan`.
    /// - Parameter isStrict: two listed names need a hyphen between them.
    static func end(at index: Int, in text: ScalarText, isStrict: Bool = false) -> Int? {
        guard var end = pairEnd(at: index, in: text, isStrict) else { return nil }
        while let next = pairEnd(at: end - 1, in: text, isStrict) { end = next }
        return end
    }

    /// Whether all of these tokens belong to such a pair, which may begin before them.
    static func contain(_ tokens: Range<Int>, in text: ScalarText) -> Bool {
        (max(0, tokens.lowerBound - 2)...tokens.lowerBound).contains { index in
            index < text.tokens.count
                && (end(at: index, in: text, isStrict: true).map { $0 >= tokens.upperBound } ?? false)
        }
    }

    private static func pairEnd(at index: Int, in text: ScalarText, _ isStrict: Bool) -> Int? {
        let tokens = text.tokens
        guard index + 1 < tokens.count, firsts.contains(tokens[index].hash) else { return nil }
        let joins = tokens[index + 1].isMark("-") || tokens[index + 1].isMark("/") || tokens[index + 1].isMark("&")
        let next = joins ? index + 2 : index + 1
        guard next < tokens.count, tokens[next].kind == .word, tokens[next].breaks == 0,
            pairs.contains([tokens[index].hash, tokens[next].hash])
        else { return nil }
        // `Paul Bunnell` may be a person; `Paul-Bunnell` is none. What a tagger calls a name may be `Watson Jones` too.
        let persons: WordFlags = isStrict && tokens[next].flags.has(.anyName) ? .anyName : .givenName
        if next == index + 1, tokens[index].flags.has(persons), !unmistakable.contains(tokens[index].hash) {
            return nil
        }
        return next + 1
    }

    private static let unmistakable = RuleScanner.words("marcus argyll pierre ivor charles ramsay treacher graham")
    private static let pairs = Set(
        """
        adams stokes|adie holmes|adson wright|ahmed baerveldt|ahumada castillo|akin chevron|alder hey|
        alpers huttenlocher|alport thin|altemeier delorme|amsler grid|andersen tawil|anderson fabry|anderson hynes|
        anton babinski|apgar ballard|argyle robertson|argyll robertson|armanni ebstein|arnold chiari|asboe hansen|
        austin akin|austin flint|austin kent|austin moore|axenfeld rieger|babinski chaddock|bado monteggia|
        baerveldt ahmed|bair hugger|balint holmes|ballard dubowitz|balthazar ctsi|bankart latarjet|bannayan riley|
        barlow ortolani|barnes akathisia|bassen kornzweig|bassini mcvay|batista dor|batten spielmeyer|
        bayley pinneau|bayley scales|beck anxiety|beck depression|beckwith wiedemann|beery buktenica|belsey mark|
        bence jones|benedikt claude|bentall bono|benton visual|berger buerger|bernard soulier|bezold jarisch|
        bielschowsky head|billroth ii|birt hogg|bismuth corlette|bivona shiley|blakemore linton|blalock taussig|
        bland altman|bloom richardson|bloom torre|blumberg rovsing|boari psoas|boas kehr|borden cognard|
        bordet gengou|boston diagnostic|boston scientific|bougie macintosh|bracht wigand|bradford hill|
        brandt daroff|braxton hicks|brescia cimino|breslow thickness|bristow latarjet|bronkhorst bachmann|
        broviac hickman|brown norway|brown obsessive|brown sequard|brudzinski kernig|brugada pedro|
        brushfield wolfflin|budd chiari|buktenica vmi|bulkley frenuloplasty|burch mmk|buschke lowenstein|
        buschke ollendorff|caldwell luc|call exner|calve perthes|campbell de|canavan alexander|capgras fregoli|
        carnett fothergill|carpentier edwards|catterall herring|chagas romana|charcot marie|charles bonnet|
        charlson deyo|chediak higashi|chevron akin|cheyne stokes|chiari frommel|child pugh|churg strauss|
        clark breslow|cockayne weber|cockcroft gault|cognard borden|cohen politano|collis belsey|collis nissen|
        columbia suicide|congo red|conners rating|coombs direct|cormack lehane|cornelia lange|coude foley|
        couinaud brisbane|courvoisier terrier|cox maze|creutzfeldt jakob|cri chat|crigler najjar|crohn bradshaw|
        cronkhite canada|cullen turner|cushing harvey|damus kaye|dandy walker|danis weber|darier leser|darier white|
        de bono|de clerambault|de lange|de morgan|de musset|de quervain|de toni|dees leadbetter|deflux sting|
        dejerine klumpke|dejerine roussy|dejerine sottas|delorme altemeier|denis browne|denver ii|denys drash|
        descemet stripping|devine weight|diamond blackfan|dix hallpike|dobhoff corpak|donath landsteiner|
        dowling meara|du bois|dubin johnson|dubois dubois|duckett mathieu|duke jeter|duke treadmill|durie salmon|
        eagle barrett|eaton lambert|edinburgh postnatal|ehlers danlos|elixhauser walraven|ellis van|elston ellis|
        emery dreifuss|epley semont|epstein barr|epworth sleepiness|erb duchenne|erdheim chester|essex lopresti|
        fabry anderson|fanconi bickel|farnsworth munsell|felty still|ferguson milligan|ferriman gallwey|ficat arlet|
        finkelstein eichhoff|fite faraco|fitz hugh|fleischer kayser|fontan kreutzer|forbes albright|forrest rockall|
        foster kennedy|fothergill mitchell|foville millard|fowler stephens|fregoli capgras|freiberg kohler|
        frey beger|friedewald martin|friedman tongue|frykman colles|fuchs heterochromic|fugl meyer|galeazzi allis|
        garden pauwels|gardner wells|george sgrq|gerstmann straussler|giemsa wright|gilbert meulengracht|
        gitelman bartter|glasgow blatchford|glenn fontan|goldman fristoe|goldmann applanation|goodpasture anti|
        gorlin hakki|gottron heliotrope|graham steell|greulich pyle|groshong hickman|guedel oral|gufoni lempert|
        guillain barre|gustilo anderson|haggitt kikuchi|hailey hailey|hallervorden spatz|hallpike dix|ham sucrose|
        hamilton anxiety|hamilton depression|hamilton norwood|hamilton rating|hamman rich|hampton westermark|
        hand schuller|hans chiari|hardy rand|hardy weinberg|harris benedict|harris galante|hartnup cystinuria|
        harvey bradshaw|hashimoto thyroiditis|hasson veress|hawkins kennedy|heinz body|heller dor|heller toupet|
        hemovac davol|henderson hasselbalch|hendrich ii|henoch purpura|henoch schonlein|hermansky pudlak|
        heymann masugi|hickman broviac|hill sachs|hinchey wasvary|hippel lindau|hirschberg krimsky|hoehn yahr|
        hoffmann tromner|hogg dube|holliday segar|holmes adie|holt oram|hopkins verbal|horner pourfour|
        house brackmann|howell jolly|hugh curtis|hunt hess|hunt kosnik|hunter hurler|hurler scheie|
        hutchinson gilford|ivor lewis|jackson pratt|janeway roth|jarisch herxheimer|jass lynch|jervell lange|
        joel cohen|johnson johnson|kaplan meier|karnofsky ecog|kasabach merritt|katz lawton|katz wachtel|
        kaufman assessment|kaye stansel|kayser fleischer|kearns sayre|keller mayo|kellgren lawrence|
        kernig brudzinski|killip kimball|kimmelstiel wilson|kirby bauer|kleihauer betke|klippel feil|
        klippel sprengel|klippel trenaunay|kluver bucy|kocher langenbeck|koebner nikolsky|konno rastan|
        koyanagi harada|krabbe globoid|kugelberg welander|kurtzke edss|kussmaul maier|kuster hauser|
        lachman mcmurray|lambert eaton|landau kleffner|landouzy dejerine|lange nielsen|lansky karnofsky|
        lapidus akin|larsen johansson|latarjet bristow|lauge hansen|laurence moon|lawton brody|le fort|
        lefort colpocleisis|legg calve|lehane cormack|leigh ncl|lennox gastaut|lesch nyhan|leser trelat|
        letournel judet|letterer siwe|levey jennings|li fraumeni|libman sacks|lich gregoir|lichtenstein shouldice|
        linton nachlas|lisfranc chopart|lockwood mcevedy|loeys dietz|los amigos|lowe dent|lowenstein jensen|
        lown ganong|lugano cotswolds|lund browder|lund kennedy|lund mackay|macintosh miller|maffucci ollier|
        maisonneuve tillaux|malecot pezzer|mallampati cormack|mallory weiss|manchester fothergill|marchetti krantz|
        marchiafava bignami|marcus gunn|marie tooth|maroteaux lamy|marsh oberhuber|marshall marchetti|
        marshall rotterdam|marshall smith|martin hopkins|masson trichrome|mauriceau smellie|may hegglin|may thurner|
        mayer rokitansky|mccune albright|mcdonald shirodkar|mcmurray apley|mcroberts rubin|meigs salmon|
        menkes wilson|mifflin jeor|mikulicz sjogren|millard gubler|miller dieker|miller fisher|milligan morgan|
        misgav ladach|mitrofanoff monti|mobitz wenckebach|monospot paul|monteggia galeazzi|montgomery asberg|
        mose legg|mosteller bsa|mucha habermann|mueller hinton|muir torre|murphy courvoisier|mustard senning|
        naegele rule|neer hawkins|nelson salassa|nesbit plication|niemann pick|nikolsky asboe|nissen toupet|
        noonan costello|norton braden|norwood hamilton|norwood sano|nottingham prognostic|ober thomas|
        oberhuber marsh|orringer thoracoabdominal|ortolani barlow|osgood schlatter|osler hemangiomatosis|
        osler janeway|osler rendu|osler weber|oxford hip|page kidney|pallister killian|panner kienbock|
        parinaud oculoglandular|parks bielschowsky|parks setons|passy muir|patrick faber|paul bunnell|
        peabody picture|pelizaeus merzbacher|pell gregory|pellegrini stieda|peutz jeghers|peyronie nesbit|
        pfannenstiel joel|phalen tinel|pierre robin|pleur evac|plummer vinson|politano leadbetter|ponseti ao|
        posner schlossman|potter bellini|potter sequence|prader willi|proteus wiedemann|prussian blue|puestow frey|
        putti platt|ramsay hunt|rancho los|rand rittler|ranson imrie|reed sternberg|rey complex|rey figure|
        rey osterrieth|rigler chilaiditi|rinne weber|ripstein wells|rives stoppa|rokitansky kuster|romano ward|
        romberg fukuda|romhilt estes|roper hall|rosai dorfman|rose waaler|ross konno|roussy levy|roux en|rubin wood|
        rubinstein taybi|rumack matthew|russell silver|rutgeerts montreal|salem sump|salter harris|salter thompson|
        sanfilippo morquio|sarnat sarnat|savary miller|scarff bloom|schamberg majocchi|schatzker moore|
        schirmer jones|schuller christian|schwartz bedside|segawa dopa|semmes weinstein|sengstaken blakemore|
        sertoli leydig|sgarbossa smith|sheehan simmonds|shiley bivona|shirodkar mcdonald|shouldice bassini|
        shwachman diamond|shy drager|silver russell|silverman andersen|simpson angus|sinding larsen|smellie veit|
        smith lemli|smith magenis|smith nephew|smith petersen|smith robinson|smith sgarbossa|smith strang|
        sneddon wilkinson|snellen jaeger|snodgrass tip|sokolow lyon|sotos weaver|speed yergason|spetzler martin|
        spurling lhermitte|st jeor|stanford binet|stargardt best|starr edwards|steele richardson|stein leventhal|
        stevens johnson|stop bang|stoppa rives|strachan scott|strasberg bismuth|straussler scheinker|
        stulberg waldenstrom|sturge kalischer|sturge weber|sunnybrook facial|swan ganz|swyer james|sydney system|
        tamm horsfall|tanner whitehouse|taussig bing|tay sachs|thayer martin|thessaly apley|thomas ober|
        tillaux chaput|tinel phalen|tinetti poma|todani cyst|tolosa hunt|toni fanconi|toupet dor|treacher collins|
        trendelenburg thomas|trousseau chvostek|truelove witts|uhthoff lhermitte|unverricht lundborg|van creveld|
        van gieson|van herick|van nuys|van slyke|veress hasson|verhoeff van|vineland adaptive|virchow troisier|
        vogt koyanagi|von frey|von gierke|von graefe|von hippel|von kossa|von meyenburg|von recklinghausen|
        von szily|von willebrand|walker murdoch|walker warburg|wallenberg opalski|wartenberg hoffmann|
        waterlow braden|watson jones|weaver dunn|weber danis|weber gubler|weber rendu|weber rinne|wechsler adult|
        wechsler memory|wegener granulomatosis|weil felix|wellens sgarbossa|wenckebach mobitz|werdnig hoffmann|
        wernicke korsakoff|westermark hampton|whipple longmire|white sponge|widal weil|wilms aniridia|
        wilson konovalov|wisconsin card|wiskott aldrich|wolf hirschhorn|wolff parkinson|wolman cesd|wong baker|
        wood downes|woodcock johnson|woods screw|yacoub david|yale brown|yergason speed|young mania|ziehl neelsen|
        zollinger ellison|zung self
        """.split(separator: "|").map { pair in
            pair.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { WordHash.of($0) }
        })
    private static let firsts = WordSet(Array(Set(pairs.compactMap(\.first))))
}
