#!/usr/bin/perl
# Checks an exported book of looks without the program: docs/book.md says each byte.
#   tillsammans looks export > book.tsv; tillsammans looks key > key.pem
#   perl book_check.pl book.tsv key.pem [WITNESS...]
# Prints each finding and ends with 1; ends with 0 when there is none. Needs perl's core and openssl 3.
use strict;
use warnings;
use Digest::SHA qw(sha256);
use File::Temp qw(tempdir);
use MIME::Base64 qw(decode_base64);

my ($book, $pem, @witnesses) = @ARGV;
die "use: book_check.pl EXPORT KEY.pem [WITNESS...]\n" unless defined $pem;
my $dir = tempdir(CLEANUP => 1);
my ($found, $records, $checkpoints) = (0, 0, 0);
my (%head, %link, %erased, %rule, $before);

sub found { print "chain $_[0] record $_[1]: $_[2]\n"; $found = 1 }

sub be { pack 'Q>', $_[0] }

sub spill {
	my ($name, $bytes) = @_;
	open my $f, '>:raw', "$dir/$name" or die "$dir/$name: $!\n";
	print $f $bytes or die;
	close $f or die;
	return "$dir/$name";
}

# The trusted key's 32 bytes end its PEM; a checkpoint that names another key proves nothing.
open my $k, '<', $pem or die "$pem: $!\n";
my $key = substr decode_base64(join '', grep { !/^-/ } <$k>), -32;

sub is_signed {
	my ($chain, $seq, $at, $link, $by, $signature) = @_;
	return 0 if pack('H*', $by) ne $key;
	my $text = "tillsammans checkpoint 1\nchain=$chain\nseq=$seq\nat_ms=$at\nlink=$link\n";
	my ($t, $s) = (spill('text', $text), spill('signature', pack 'H*', $signature));
	return system("openssl pkeyutl -verify -pubin -inkey '$pem' -rawin -in $t -sigfile $s >/dev/null 2>&1") == 0;
}

sub record {
	my ($chain, $seq, $at, $by, $salt, $content, $commitment, $link) = @_;
	my $last = $head{$chain} //= 0;
	$before = "\0" x 32 if !$last;
	my $follows = $seq == $last + 1;
	found($chain, $last + 1, "missing up to " . ($seq - 1)) unless $follows;
	my $want = sha256($before . be($chain) . be($seq) . be($at) . pack('H*', $commitment));
	found($chain, $seq, 'does not follow the one before it') if $follows && unpack('H*', $want) ne $link;
	if ($content ne '') {
		my $text = pack 'H*', $content;
		found($chain, $seq, 'its content was changed') if unpack('H*', sha256(pack('H*', $salt) . $text)) ne $commitment;
		$rule{"$chain $seq"} = $1 if $text =~ /^erase .*\bnote=(\S+)/;
	} else {
		$erased{"$chain $seq"} = "$chain $by";
	}
	($before, $head{$chain}) = (pack('H*', $link), $seq);
	$link{"$chain $seq"} = $link;
	$records++;
}

sub checkpoint {
	my ($chain, $seq, $at, $link, $by, $signature) = @_;
	return found($chain, $seq, 'its checkpoint is not signed by the key') unless is_signed(@_);
	return found($chain, $seq, 'signed, but the chain ends before it') if $seq > ($head{$chain} // 0);
	found($chain, $seq, 'is not what its checkpoint signed') if ($link{"$chain $seq"} // '') ne $link;
	$checkpoints++;
}

open my $in, '<', $book or die "$book: $!\n";
while (<$in>) {
	chomp;
	my ($kind, @f) = split /\t/, $_, -1;
	if ($kind eq 'R' && @f == 8) { record(@f) }
	elsif ($kind eq 'C' && @f == 6) { checkpoint(@f) }
	else { die "$book:$.: not a line of an export\n" }
}
for my $file (@witnesses) {
	open my $w, '<', $file or die "$file: $!\n";
	my %v = map { /^(\w+)=(.*)$/ ? ($1, $2) : () } <$w>;
	checkpoint(@v{qw(chain seq at_ms link key signature)});
}
for my $r (keys %erased) {
	my ($chain, $seq) = split / /, $r;
	my $named = grep { /^(\d+)(?:-(\d+))?$/ && $seq >= $1 && $seq <= ($2 // $1) } split /,/, $rule{$erased{$r}} // '';
	found($chain, $seq, 'its content is gone and no record says by which rule') unless $named;
}
print "$records records, $checkpoints signed checkpoints\n";
exit $found;
