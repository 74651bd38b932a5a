// Words that tell what the words beside them are.
extension WordLists {
    static let titles =
        "dr mr mrs ms miss prof professor doctor drs rev reverend sir madam nurse sra srta sr mister mx sgt cpl capt pastor rabbi"

    static let credentials = """
        md do rn np pa phd dds dmd dpm od dc fnp aprn lpn lvn crna facs facp facc frcs mph msn bsn pharmd
        psyd lcsw lmft rd
        pt otr slp emt rpt dpt cnm mbbs msw mba esq
        atc cnmt crni cctc lmsw msw pta ota cota rrt rpsgt rdn cde cdces pgy dnp agnp pmhnp crnp cns chw cma cna lcpc lpc
        licsw bcps bcacp mbchb frcp mrcp mhs ccrn cen rvt rdcs rdms cst cpht rph clc ibclc mdiv bcba faan fccp facog
        facep ccc fnpc acnp cnp ncc lmhc
        """

    static let particles =
        "de del della di da dos das du la le van von der den ter bin ibn al el af av zu st san ben abu"

    static let months = """
        january february march april may june july august september october november december jan feb mar apr
        jun jul aug sep
        sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
        """

    static let weekdays = "monday tuesday wednesday thursday friday saturday sunday"

    static let personVerbs = """
        was is has had presents presented presenting reports reported denies denied states stated complains complained
        returns returned comes came says said underwent continues feels felt admits admitted describes described notes
        noted tolerated received called requested asked agreed wants works lives lived remains appears looks who whose
        did does will would should could can needs takes took went told tells mentions mentioned visited moved flew
        married began explained wrote grew smiled
        """

    static let dateCues = """
        on since dated date from until till through thru seen visit admitted discharged exam examined by before after
        around dob born birth scheduled appointment collected received ordered performed signed dictated transcribed
        reviewed due service admission discharge onset lmp edd edc effective began started stopped week
        """

    static let placeCues = """
        lives lived living resides resided residing resident residence live moved moving move relocated flew fly
        traveled travelled traveling trip visiting native born raised grew hometown based located transferred
        transported address hails offices office arrived drove works worked working returned city town county village
        """

    static let phoneCues = """
        phone telephone tel cell cellphone mobile fax facsimile pager pgr beeper call called calling contact
        contacted reach
        reached number numbers dial ph extension ext hotline text answering home work voicemail
        """

    static let units = """
        mg mcg g kg lb lbs ml cc l dl mm cm m mmhg mmol meq units unit u iu bpm percent hz khz cal kcal kj mmol kpa
        ppm strength murmur systolic diastolic power motor pulse pulses reflex reflexes grade intensity tablets tablet
        tabs tab capsules caps drops puffs sprays weeks week days day hours hour hrs hr minutes min mins months month
        years year times beats breaths points pack packs pounds pound inches inch feet foot degrees doses dose liters
        liter joules gy cgy ng pg nl ul fl fr french gauge watts vision bilaterally throughout
        """

    static let relatives = """
        wife husband mother father son daughter sister brother spouse partner guardian caregiver aunt uncle niece
        nephew grandmother grandfather grandson granddaughter cousin friend neighbor boyfriend girlfriend fiance
        fiancee mom dad kid child
        """

    /// Nouns after a capitalised pair that show it is a heading or a thing, not a person.
    static let nicknames = """
        robert:bob,bobby,rob,robbie william:bill,billy,will,willie,liam richard:rick,ricky,dick,rich
        james:jim,jimmy,jamie john:jack,johnny,jon michael:mike,mikey,mick
        elizabeth:liz,beth,betty,eliza,lizzie,betsy,lisa margaret:maggie,peggy,meg,marge
        katherine:kate,katie,kathy,kat catherine:cathy,kate,katie,cat thomas:tom,tommy charles:charlie,chuck
        joseph:joe,joey edward:ed,eddie,ted,ned theodore:ted,theo,teddy anthony:tony daniel:dan,danny david:dave
        matthew:matt andrew:andy,drew christopher:chris,kit christine:chris,tina christina:tina,chris
        patricia:pat,patty,trish,tricia patrick:pat,paddy susan:sue,susie,suzy deborah:deb,debbie jennifer:jen,jenny
        jessica:jess,jessie rebecca:becky,becca victoria:vicky,tori barbara:barb,barbie samuel:sam,sammy
        samantha:sam,sammie benjamin:ben,benny alexander:alex,al,sandy alexandra:alex,lexi,sandra nicholas:nick,nicky
        stephen:steve steven:steve jonathan:jon,john gregory:greg lawrence:larry ronald:ron,ronnie donald:don,donnie
        kenneth:ken,kenny timothy:tim,timmy raymond:ray gerald:gerry,jerry eugene:gene harold:harry,hal
        walter:walt,wally francis:frank,fran frances:fran,frannie frederick:fred,freddie albert:al,bert
        leonard:leo,len,lenny philip:phil phillip:phil abigail:abby josephine:jo,josie dorothy:dot,dottie kimberly:kim
        pamela:pam cynthia:cindy judith:judy sandra:sandy theresa:terry,tess teresa:terry,tess jacqueline:jackie
        virginia:ginny eleanor:ellie,nora isabella:bella,izzy
        """
}
