# common words from labelled text: tokens that are O far more often than PER
import gzip,re,collections
F={'أ':'ا','إ':'ا','آ':'ا','ٱ':'ا','ى':'ي','ة':'ه','ؤ':'ء','ئ':'ء'}
def fold(w):
    w=re.sub('[\u064b-\u065f\u0670\u0640]','',w)
    return ''.join(F.get(c,c) for c in w)
R='/work/shared/resources/'
o=collections.Counter();per=collections.Counter();ent=collections.Counter()
def add(w,t):
    w=fold(w)
    if not re.fullmatch('[\u0621-\u064a]{2,}',w): return
    if t=='O': o[w]+=1
    elif 'PER' in t or any(x in t for x in('Politician','Artist','Athlete','Businessperson','Engineer','Lawyer','Police_Per','Religious_PER','Scientist','Other_PER','Scholar')): per[w]+=1
    else: ent[w]+=1
tags=collections.Counter()
for f in('newsfane_train','anercorp_train'):
    for l in gzip.open(R+f+'.tsv.gz','rt'):
        p=l.rstrip('\n').split('\t')
        if len(p)==2: add(*p); tags[p[1]]+=1
print(tags.most_common(60))
for l in gzip.open(R+'ud_arabic_pud.conllu.gz','rt'):
    p=l.split('\t')
    if len(p)>9 and p[3] in('NOUN','VERB','ADJ','ADV','ADP','CCONJ','SCONJ','PRON','DET','PART','AUX','NUM'): add(p[1],'O')
for f in ('train','val','test'):
    for l in gzip.open(R+f'wojood_sample_{f}.txt.gz','rt'):
        p=l.split()
        if len(p)>=2: add(p[0],'O' if p[1]=='O' else ('PER' if 'PERS' in p[1] else 'X'))
allc=o+per+ent
def attached(w,c):
    for k in (1,2):
        p=w[:k]; r=w[k:]
        if len(r)>=3 and all(x in 'وفبلكس' for x in p) and (allc[r]>=c or (r.startswith('ل') and allc['ا'+r]>=c)): return True
    return False
rows=[(w,c) for w,c in o.items() if c>=2 and per[w]<=0.12*c and ent[w]<=3*c and not attached(w,c)]
rows.sort(key=lambda x:(-x[1],x[0]))
print(len(rows), rows[:30], rows[-30:])
with open('/work/main/lexicon/common.tsv','w') as f:
    f.write('# Words of news Arabic that are seldom names: folded spelling, with how often each stood outside any name.\n')
    f.write('# Counted in NewsFANE Gold and ANERcorp (CC BY-SA), UD Arabic-PUD (CC BY-SA 3.0) and the Wojood sample (MIT). This list: CC BY-SA 4.0.\n')
    f.write('form\tcount\n')
    for w,c in rows: f.write(f'{w}\t{c}\n')
